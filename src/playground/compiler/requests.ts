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
  /** A sentence, and the hint on a line of its own. */
  readonly message: string;
  readonly fixes: readonly PlayFix[];
}

/** Behind a row or statement: what it comes to. */
export interface PlayHint {
  readonly at: number;
  readonly text: string;
  /** What the short figures stand for; "" where that is nothing more. */
  readonly details: string;
}

export interface PlayTotals {
  readonly params: number;
  readonly macs: number;
  readonly residuals: number;
}

/** What is shown after every key press. */
export interface Analysis {
  readonly diagnostics: readonly PlayDiagnostic[];
  readonly hints: readonly PlayHint[];
  /** Networks and presets of the file, in order. */
  readonly networks: readonly string[];
  /** The one that is shown; null where the file has none. */
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

/** What a tab shows; null where an error in the spec leaves nothing to show. */
export interface GraphView {
  readonly title: string;
  /** SVG and `details`, everything that users wrote escaped. */
  readonly html: string;
  /** Whether this is all of it: an error leaves out what it silences. */
  readonly whole: boolean;
}

export interface PlanView {
  readonly report: PlanReport;
  readonly kernels: readonly { readonly path: string; readonly wgsl: string }[];
  /** Index into `kernels` of each dispatch. */
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
  /** Where it stands in the document; null for what stands in an imported file. */
  readonly extent: Extent | null;
  readonly fix: (PlayFix & { readonly safety: "safe" | "suggestion"; readonly changes: readonly string[] }) | null;
}

export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Asked with what, and answered with what. Every request but `start` is about the document that comes with it. */
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
  /** Asked with the name of a target. */
  readonly zip: { readonly ask: string; readonly answer: ZipFile };
  readonly build: { readonly ask: RunTargets; readonly answer: RunBuild };
}

export type RequestKind = keyof Requests;

/** To the worker. */
export type ToWorker =
  | { readonly kind: "start"; readonly specs: ReadonlyMap<string, string> }
  | {
      readonly kind: "request";
      readonly id: number;
      readonly request: RequestKind;
      readonly document: PlayDocument;
      readonly ask: Requests[RequestKind]["ask"];
    };

/** From the worker: `superseded` where a later request of the kind came before this one's turn. */
export type FromWorker =
  | { readonly id: number; readonly outcome: "answer"; readonly answer: Requests[RequestKind]["answer"] }
  | { readonly id: number; readonly outcome: "superseded" }
  | { readonly id: number; readonly outcome: "failed"; readonly message: string };
