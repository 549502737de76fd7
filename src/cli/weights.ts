import type { Command } from "commander";
import { addWeightsInit } from "./weights-init.ts";
import { addWeightsInspect } from "./weights-inspect.ts";

export function addWeights(program: Command): void {
  const weights = program
    .command("weights")
    .summary("make and inspect weight files")
    .description("Makes and inspects weight files (safetensors).");
  addWeightsInit(weights);
  addWeightsInspect(weights);
}
