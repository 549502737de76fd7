import { readFileSync } from "node:fs";
import { readSafetensors } from "../../src/weights/safetensors.ts";
import type { WeightStore } from "../../src/weights/tensor.ts";

export const digitsWeightsFile = new URL("../../specs/digits.safetensors", import.meta.url);

/** The weights that are shipped beside specs/digits.mnet. */
export function readDigitsWeights(): WeightStore {
  const read = readSafetensors(readFileSync(digitsWeightsFile));
  if (!read.ok) throw new Error(`specs/digits.safetensors: ${read.problem.message}`);
  return read.tensors;
}
