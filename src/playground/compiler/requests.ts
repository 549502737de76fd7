import type { ParamControl } from "./param-control.ts";
import type { PlayDocument } from "./play-document.ts";
import type { RunBuild, RunTargets } from "./run-host.ts";
import type { Summary } from "../../analysis/summary.ts";
import type { PlanReport } from "../../targets/webgpu/plan-report.ts";
import type { Severity } from "../../diagnostics/diagnostic.ts";

/** Offsets in the document. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

export interface PlayEdit extends Extent {
  readonly insert: string;
}

export interface PlayFix {
  readonly title: string;
  readonly edits: readonly PlayEdit[];
}

export interface PlayDiagnostic extends Extent {
  readonly code: string;
  readonly severity: Severity;
  /** The message, then the hint on a separate line. */
  readonly message: string;
  readonly fixes: readonly PlayFix[];
}

/** The figures that the editor shows after a row or statement. */
export interface PlayHint {
  readonly at: number;
  readonly text: string;
  /** The explanation of the short figures, or "" if there is none. */
  readonly details: string;
}

export interface PlayTotals {
  readonly params: number;
  readonly macs: number;
  readonly residuals: number;
}

/** What the page shows after each key press. */
export interface Analysis {
  readonly diagnostics: readonly PlayDiagnostic[];
  readonly hints: readonly PlayHint[];
  /** The networks and presets of the file, in order. */
  readonly networks: readonly string[];
  /** The network that is shown, or null if the file has none. */
  readonly network: string | null;
  readonly params: readonly ParamControl[];
  /** Null where the network does not compile. */
  readonly totals: PlayTotals | null;
}

export interface HoverText extends Extent {
  readonly markdown: string;
}

export interface CompletionOption {
  readonly label: string;
  readonly insert: string;
  readonly type: string;
  readonly detail: string;
  readonly markdown: string;
}

export interface CompletionList extends Extent {
  readonly options: readonly CompletionOption[];
}

/** What each tab shows, or null if an error in the spec leaves nothing to show. */
export interface GraphView {
  readonly title: string;
  /** HTML of SVG and `details` elements. All user text in it is escaped. */
  readonly html: string;
  /** True if the drawing is complete. An error in the spec leaves out the parts that depend on it. */
  readonly whole: boolean;
}

export interface PlanView {
  readonly report: PlanReport;
  readonly kernels: readonly { readonly path: string; readonly wgsl: string }[];
  /** For each dispatch, the index of its kernel in `kernels`. */
  readonly kernelOf: readonly number[];
}

export interface PlayFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The range in the document, or null for a finding in an imported file. */
  readonly extent: Extent | null;
  readonly fix: (PlayFix & { readonly safety: "safe" | "suggestion"; readonly changes: readonly string[] }) | null;
}

export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The argument and the answer of each request. Every request except `start` contains the document that it is about.
 */
export interface Requests {
  readonly analysis: { readonly ask: null; readonly answer: Analysis };
  readonly hover: { readonly ask: number; readonly answer: HoverText | null };
  readonly completion: { readonly ask: number; readonly answer: CompletionList | null };
  readonly format: { readonly ask: null; readonly answer: readonly PlayEdit[] };
  readonly graph: { readonly ask: null; readonly answer: GraphView | null };
  readonly summary: { readonly ask: null; readonly answer: Summary | null };
  readonly tfjs: { readonly ask: null; readonly answer: string | null };
  readonly plan: { readonly ask: null; readonly answer: PlanView | null };
  readonly findings: { readonly ask: null; readonly answer: readonly PlayFinding[] };
  /** The argument is the name of a target. */
  readonly zip: { readonly ask: string; readonly answer: ZipFile };
  readonly build: { readonly ask: RunTargets; readonly answer: RunBuild };
}

export type RequestKind = keyof Requests;

/** A message to the worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly specs: ReadonlyMap<string, string> }
  | {
      readonly kind: "request";
      readonly id: number;
      readonly request: RequestKind;
      readonly document: PlayDocument;
      readonly ask: Requests[RequestKind]["ask"];
    };

/**
 * A message from the worker. `superseded` means that a later request of the same kind replaced this one before it was
 * answered.
 */
export type FromWorker =
  | { readonly id: number; readonly outcome: "answer"; readonly answer: Requests[RequestKind]["answer"] }
  | { readonly id: number; readonly outcome: "superseded" }
  | { readonly id: number; readonly outcome: "failed"; readonly message: string };
