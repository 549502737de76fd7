import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { type Digit, readDigits, side } from "../../examples/train-digits/digits.ts";
import { topClasses } from "../../src/reference/top-classes.ts";
import type { NodeDevice } from "../../src/gpu/node-device.ts";
import { readSafetensors } from "../../src/formats/safetensors.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";
import { build, compileSpec, loadTfjs, loadWebgpu } from "./built.ts";
import { step } from "./step.ts";

const specFile = "specs/digits.mnet";
const weightsFile = "specs/digits.safetensors";
/** The number of digits that are shown, one of each class. */
const shown = 10;
const ink = " .:-=+*#%@";

/** Runs the shipped digits network on both targets, on handwriting that it was not trained on. */
export async function demoDigits(gpu: NodeDevice | null, out: string): Promise<void> {
  const network = await step(`Compile ${specFile}`, () => compileSpec(specFile));
  const { labels, input } = network.training;
  const built = await build(network, readWeights(), out);
  const digits = readDigits().heldOut.filter(({ index }) => index === 0);
  const readings = new Map<string, readonly Float32Array[]>();
  const model = await step("Load the tf.js model (wasm)", () => loadTfjs(built));
  const byTfjs = await step(`Read ${shown} digits with tf.js`, () =>
    digits.map(({ image }) => {
      const output = model.predict(tf.tensor(image, [1, ...input.shape])) as tf.Tensor;
      return output.dataSync<"float32">();
    }),
  );
  readings.set("tf.js", byTfjs);
  if (gpu !== null) {
    const program = await step("Load the WebGPU program", () => loadWebgpu(built, gpu.device));
    const byWebgpu = await step(`Read ${shown} digits with WebGPU`, async () => {
      const outputs: Float32Array[] = [];
      for (const { image } of digits) outputs.push((await program.run(image)).output ?? new Float32Array());
      return outputs;
    });
    program.destroy();
    readings.set("WebGPU", byWebgpu);
  }
  console.log(`\n${drawing(digits.slice(2, 5))}\n`);
  for (const [target, outputs] of readings) console.log(`${target.padEnd(7)} ${read(outputs, labels)}`);
  const wrong = [...readings.values()].flatMap((outputs) =>
    outputs.filter((values, i) => topClasses(values, labels, 1)[0]?.index !== digits[i]?.label),
  );
  if (wrong.length > 0) throw new Error(`${wrong.length} of ${readings.size * shown} digits were read wrongly`);
}

function readWeights(): WeightStore {
  const read = readSafetensors(readFileSync(weightsFile));
  if (!read.ok) throw new Error(`${weightsFile}: ${read.problem.message}`);
  return read.value.tensors;
}

/** Prints the class of each digit, and its probability. */
function read(outputs: readonly Float32Array[], labels: readonly string[] | null): string {
  return outputs
    .flatMap((values) => topClasses(values, labels, 1))
    .map(({ index, label, value }) => `${label ?? index} (${(value * 100).toFixed(1)} %)`)
    .join(", ");
}

/** Returns digits side by side as text. Each line shows two rows of pixels. */
function drawing(digits: readonly Digit[]): string {
  const lines = Array.from({ length: side / 2 }, (_, line) =>
    digits
      .map(({ image }) => strokes(image, line))
      .join("  ")
      .trimEnd(),
  );
  return lines.join("\n");
}

function strokes(image: Float32Array, line: number): string {
  return Array.from({ length: side }, (_, column) => {
    const at = line * 2 * side + column;
    const level = ((image[at] ?? 0) + (image[at + side] ?? 0)) / 2;
    return ink[Math.round(level * (ink.length - 1))];
  }).join("");
}
