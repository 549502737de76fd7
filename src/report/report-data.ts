import type { Summary } from "../analysis/summary.ts";
import type { JsonFinding } from "../diagnostics/render-json.ts";
import type { Level } from "../drawing/drawing.ts";
import type { PlanReport } from "../targets/webgpu/plan-report.ts";
import type { MemoryTimeline } from "./memory-timeline.ts";

/** A text that a build of the network holds. */
export interface GeneratedText {
  readonly path: string;
  readonly text: string;
}

/** A finding and the line that it stands on, cut at what it marks. */
export interface ReportFinding extends JsonFinding {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

export interface ReportPlan {
  readonly report: PlanReport;
  readonly timeline: MemoryTimeline;
  readonly kernels: readonly GeneratedText[];
  /** Index into `kernels`, by dispatch. */
  readonly kernelOf: readonly number[];
  /** Kernels that only pictures and ranking ask for. */
  readonly extras: readonly GeneratedText[];
}

/** All that a report shows. */
export interface ReportData {
  readonly network: string;
  readonly doc: string | null;
  readonly params: Readonly<Record<string, number | boolean | string>>;
  readonly summary: Summary;
  readonly graph: Level;
  readonly findings: readonly ReportFinding[];
  /** How many findings past the limit are not among them. */
  readonly moreFindings: number;
  /** Null where no WebGPU device would run it: the findings say why. */
  readonly plan: ReportPlan | null;
  readonly tfjs: readonly GeneratedText[];
}
