import { readFileSync } from "node:fs";
import { readSafetensors } from "../../src/formats/safetensors.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";

export const digitsWeightsFile = new URL("../../specs/digits.safetensors", import.meta.url);

/** Reads the weights that ship beside specs/digits.mnet. */
export function readDigitsWeights(): WeightStore {
  const read = readSafetensors(readFileSync(digitsWeightsFile));
  if (!read.ok) throw new Error(`specs/digits.safetensors: ${read.problem.message}`);
  return read.value.tensors;
}
