import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** Takes a finding; a pass never throws for what a user wrote. */
export type Report = (diagnostic: Diagnostic) => void;

/** A pure step from graph to graph. It returns the same graph where nothing applied. */
export interface Pass<In, Out = In> {
  readonly name: string;
  readonly summary: string;
  readonly run: (graph: In, report: Report) => Out;
}
