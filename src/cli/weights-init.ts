import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import { systemFailure } from "./cli-error.ts";
import { compileSpec } from "./compile-spec.ts";
import { parseSeed, seededWeights } from "./load-weights.ts";
import { type SpecOptions, withSpecOptions } from "./spec.ts";
import { printNote } from "./terminal.ts";

interface InitOptions extends SpecOptions {
  readonly seed: number;
  readonly out: string;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  try {
    mkdirSync(dirname(path), { recursive: true });
    await writeFileAtomic(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw systemFailure(`Cannot write ${path}`, cause);
  }
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
      const { writeSafetensors } = await import("../weights/safetensors.ts");
      const store = await seededWeights(training, options.seed);
      const metadata = new Map([
        ["network", training.name],
        ["seed", String(options.seed)],
      ]);
      await writeWhole(options.out, writeSafetensors(store, metadata));
      printNote(`${options.out}: ${store.size} tensors of ${training.name}, seed ${options.seed}`);
    });
}
