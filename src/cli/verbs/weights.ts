import type { Command } from "commander";
import { addWeightsExport } from "./weights-export.ts";
import { addWeightsImport } from "./weights-import.ts";
import { addWeightsInit } from "./weights-init.ts";
import { addWeightsInspect } from "./weights-inspect.ts";

export function addWeights(program: Command): void {
  const weights = program
    .command("weights")
    .summary("make, import, export and inspect weight files")
    .description("Makes, imports, exports and inspects weight files (safetensors).");
  addWeightsInit(weights);
  addWeightsImport(weights);
  addWeightsExport(weights);
  addWeightsInspect(weights);
}
