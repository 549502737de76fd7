import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** Receives a finding. A pass reports what is wrong with a network, and never throws for it. */
export type ReportDiagnostic = (diagnostic: Diagnostic) => void;

/** A pure step from graph to graph. It returns the graph it was given where there is nothing to do. */
export interface Pass<In, Out = In> {
  readonly name: string;
  readonly summary: string;
  readonly run: (graph: In, report: ReportDiagnostic) => Out;
}
