import type { Summary } from "../analysis/summary.ts";
import type { JsonFinding } from "../diagnostics/render-json.ts";
import type { Level } from "../drawing/drawing.ts";
import type { PlanReport } from "../targets/webgpu/plan-report.ts";
import type { MemoryTimeline } from "./memory-timeline.ts";

/** A text file of a build of the network. */
export interface GeneratedText {
  readonly path: string;
  readonly text: string;
}

/** A finding with its source line, split into the text before, in and after the marked span. */
export interface ReportFinding extends JsonFinding {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

export interface ReportPlan {
  readonly report: PlanReport;
  readonly timeline: MemoryTimeline;
  readonly kernels: readonly GeneratedText[];
  /** For each dispatch, the index of its kernel in `kernels`. */
  readonly kernelOf: readonly number[];
  /** Kernels that are only used for images as input and for ranking. */
  readonly extras: readonly GeneratedText[];
}

/** The data of a report. */
export interface ReportData {
  readonly network: string;
  readonly doc: string | null;
  readonly params: Readonly<Record<string, number | boolean | string>>;
  readonly summary: Summary;
  readonly graph: Level;
  readonly findings: readonly ReportFinding[];
  /** The number of findings beyond the limit, which are left out. */
  readonly moreFindings: number;
  /** Null if the device limits exclude the network. The findings then give the reason. */
  readonly plan: ReportPlan | null;
  readonly tfjs: readonly GeneratedText[];
}
