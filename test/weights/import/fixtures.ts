import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { compile } from "../../../src/compile.ts";
import { renderTerminal } from "../../../src/diagnostics/render-terminal.ts";
import { compareTensors } from "../../../src/reference/compare.ts";
import { interpretOutputs } from "../../../src/reference/interpret.ts";
import { createSource } from "../../../src/text/source.ts";
import type { FileResult } from "../../../src/formats/file-problem.ts";
import type { Checkpoint } from "../../../src/weights/import/checkpoint.ts";
import { importWeights } from "../../../src/weights/import/import-weights.ts";
import type { WeightStore } from "../../../src/formats/tensor.ts";

export const root = join(import.meta.dirname, "../../..");
export const checkpointFolder = "test/fixtures/checkpoints";

export function fixtureBytes(name: string): Uint8Array {
  return readFileSync(join(root, checkpointFolder, name));
}

/** What the framework computed from {@link image}. */
export function fixtureOutput(name: string): readonly number[] {
  return (JSON.parse(readFileSync(join(root, checkpointFolder, name), "utf8")) as { output: number[] }).output;
}

/** The training and inference graph of a spec, by its path from the root. */
export function compileFixture(spec: string, network?: string, set: Readonly<Record<string, string>> = {}) {
  const read = (path: string) => {
    const file = join(root, posix.normalize(path));
    return existsSync(file) ? readFileSync(file, "utf8") : null;
  };
  const { value, diagnostics, sources } = compile(createSource(spec, read(spec) ?? ""), {
    network: network ?? null,
    set: new Map(Object.entries(set)),
    read,
  });
  if (value === null || diagnostics.length > 0) throw new Error(renderTerminal(diagnostics, sources, { color: false }));
  return value;
}

/** The image of `scripts/fixtures`, HWC. */
export function image(size: number, channels = 3): Float64Array {
  return Float64Array.from({ length: size * size * channels }, (_unused, i) => ((i * 37) % 101) / 50 - 1);
}

export function accepted(result: FileResult<Checkpoint>): Checkpoint {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

/** Weights of a checkpoint that must fit without a finding. */
export function imported(
  { training }: ReturnType<typeof compileFixture>,
  checkpoint: Checkpoint,
  names: Readonly<Record<string, string>> = {},
): WeightStore {
  const { value: weights, diagnostics } = importWeights(training, checkpoint, new Map(Object.entries(names)));
  const [first] = diagnostics;
  if (weights === null || first !== undefined) throw new Error(first?.message ?? "no weights");
  return weights;
}

/** Where the training or inference graph computes something else than `wanted`, within a relative 1e-5; null for nowhere. */
export function outputFault(
  { training, inference }: ReturnType<typeof compileFixture>,
  weights: WeightStore,
  wanted: readonly number[],
): string | null {
  const [size = 0, , channels] = training.input.shape;
  for (const graph of [training, inference]) {
    const output = interpretOutputs(graph, weights, image(size, channels)).get("output") ?? [];
    const { reason } = compareTensors(wanted, output, { relative: 1e-5 });
    if (reason !== null) return reason;
  }
  return null;
}
