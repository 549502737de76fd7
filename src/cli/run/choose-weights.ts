import type { WeightStore } from "../../formats/tensor.ts";
import type { WeightOptions } from "../options/weight-options.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { printWarning } from "../print/terminal.ts";
import type { CompiledSpec } from "./compile-spec.ts";
import { loadWeights, seededWeights } from "./load-weights.ts";

/**
 * Gives weights to a verb that needs some: from the file, else drawn from the seed, else from seed 0 with a warning.
 *
 * @returns null, with the exit code set, where the file does not fit
 */
export async function chooseWeights(
  options: WeightOptions,
  compiled: CompiledSpec,
  json: boolean,
): Promise<WeightStore | null> {
  const { training } = compiled.value;
  if (options.weights !== undefined) {
    const { value, diagnostics } = await loadWeights(options.weights, training);
    const findings = { diagnostics, sources: compiled.sources };
    if (value === null) failWithFindings(findings, json);
    else noteFindings(findings);
    return value;
  }
  if (options.seed === undefined)
    printWarning("The weights are random (seed 0); give trained ones with --weights FILE");
  return seededWeights(training, options.seed ?? 0);
}
