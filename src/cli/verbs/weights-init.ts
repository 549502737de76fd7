import type { Command } from "commander";
import { compileSpec } from "../run/compile-spec.ts";
import { parseSeed } from "../options/weight-options.ts";
import { seededWeights } from "../run/load-weights.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { printNote } from "../print/terminal.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";

interface InitOptions extends SpecOptions {
  readonly seed: number;
  readonly out: string;
}

export function addWeightsInit(weights: Command): void {
  withSpecOptions(weights.command("init"))
    .summary("draw weights from the spec's initialisers")
    .description("Draws weights from the spec's initialisers: the same seed gives the same bytes.")
    .argument("<spec>", "a file, or - for stdin")
    .option("--seed <n>", "seed of the random numbers", parseSeed, 0)
    .requiredOption("--out <file>", "the safetensors file to write")
    .action(async (spec: string, options: InitOptions) => {
      const compiled = await compileSpec(spec, options, { json: false, asserts: "show" });
      if (compiled === null) return;
      const { training } = compiled.value;
      const { writeSafetensors } = await import("../../formats/safetensors.ts");
      const store = await seededWeights(training, options.seed);
      const metadata = new Map([
        ["network", training.name],
        ["seed", String(options.seed)],
      ]);
      await writeWholeFile(options.out, writeSafetensors(store, metadata));
      printNote(`${options.out}: ${store.size} tensors of ${training.name}, seed ${options.seed}`);
    });
}
