import { measureVariant } from "../../analysis/sweep/measure-variant.ts";
import type { SweepRow } from "../../analysis/sweep/sweep-row.ts";
import { type SweepAxis, variantAt } from "../../analysis/sweep/variants.ts";
import { compileProgram } from "../../compile.ts";
import { parseParamValue } from "../../lower/values/param-value.ts";
import { loadProgram } from "../../program/load-program.ts";
import { describe } from "../../lower/values/value.ts";
import { createSource } from "../../text/source.ts";
import { createReader } from "../disk/read-file.ts";

/** A whole sweep as data that can be sent to a worker. */
export interface SweepJob {
  readonly entry: { readonly name: string; readonly text: string };
  /** The folder of the spec, where its imports are read. */
  readonly folder: string;
  readonly network: string | null;
  readonly axes: readonly SweepAxis[];
}

/** Makes a function that compiles and measures a variant of the job, given its number. */
export function variantRunner(job: SweepJob): (index: number) => SweepRow {
  const program = loadProgram(createSource(job.entry.name, job.entry.text), createReader(job.folder));
  return (index) => {
    const set = variantAt(job.axes, index);
    const { value, diagnostics } = compileProgram(program, { network: job.network, set });
    const failure = diagnostics.find(({ severity }) => severity === "error");
    return {
      index,
      set: Object.fromEntries([...set].map(([name, text]) => [name, plainValue(text)])),
      figures: value === null ? null : measureVariant(value.training, value.inference),
      error: failure === undefined ? null : { code: failure.code, message: failure.message },
    };
  };
}

/** Returns the value of a param as JSON holds it. */
function plainValue(text: string): number | boolean | string {
  const value = parseParamValue(text);
  return value.kind === "number" || value.kind === "boolean" || value.kind === "string" ? value.value : describe(value);
}
