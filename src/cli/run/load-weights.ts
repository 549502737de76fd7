import { type Diagnostic, error, type Outcome } from "../../diagnostics/diagnostic.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import { readBytes } from "../disk/read-file.ts";

/** Makes a finding about a whole file that has no lines. */
export function fileFinding(code: string, file: string, message: string): Diagnostic {
  return error(code, { file, start: 0, end: 0 }, message);
}

/** Reads a safetensors file. There is no value where it has a fault. */
export async function readWeightFile(path: string): Promise<Outcome<WeightStore>> {
  const { readSafetensors } = await import("../../formats/safetensors.ts");
  const result = readSafetensors(readBytes(path));
  if (result.ok) return { value: result.value.tensors, diagnostics: [] };
  return { value: null, diagnostics: [fileFinding(result.problem.code, path, result.problem.message)] };
}

/** Reads weights from a file, and checks them against the network. There is no value where they do not fit. */
export async function loadWeights(path: string, training: ShapedGraph): Promise<Outcome<WeightStore>> {
  const read = await readWeightFile(path);
  if (read.value === null) return read;
  const { checkWeights } = await import("../../weights/check-weights.ts");
  const diagnostics = checkWeights(training, read.value);
  const fits = !diagnostics.some((diagnostic) => diagnostic.severity === "error");
  return { value: fits ? read.value : null, diagnostics };
}

/** Draws weights from the initialisers of the spec. */
export async function seededWeights(training: ShapedGraph, seed: number): Promise<WeightStore> {
  const { initializeWeights } = await import("../../weights/initialize.ts");
  return initializeWeights(training, seed);
}
