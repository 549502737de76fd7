import type { Command } from "commander";
import { addWeightsImport } from "./weights-import.ts";
import { addWeightsInit } from "./weights-init.ts";
import { addWeightsInspect } from "./weights-inspect.ts";

export function addWeights(program: Command): void {
  const weights = program
    .command("weights")
    .summary("make, import and inspect weight files")
    .description("Makes, imports and inspects weight files (safetensors).");
  addWeightsInit(weights);
  addWeightsImport(weights);
  addWeightsInspect(weights);
}
