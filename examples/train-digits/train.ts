import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmGradients } from "../../src/training/wasm-gradients.ts";
import { writeSafetensors } from "../../src/formats/safetensors.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";
import { type Digit, readDigits, splitForChoices } from "./digits.ts";
import { accuracy, fitDigits } from "./fit.ts";
import { compileDigits } from "./model.ts";
import { lossCurve, showProgress } from "./report.ts";

/**
 * `npm run train:digits`: compiles specs/digits.mnet, trains the emitted tf.js model on handwritten digits, and writes its weights.
 *
 *   --out FILE        where the weights go (build/digits/digits.safetensors)
 *   --epochs N        passes over the digits
 *   --seed N          of everything random
 *   --choose          trains without a slice of the training digits and reports on that slice: how settings are chosen.
 *                     The held-out digits stay unseen
 */
const { values: args } = parseArgs({
  options: {
    out: { type: "string", default: "build/digits/digits.safetensors" },
    epochs: { type: "string", default: "16" },
    seed: { type: "string", default: "1" },
    choose: { type: "boolean", default: false },
  },
});
const epochs = Number(args.epochs);
const seed = Number(args.seed);
const batchSize = 64;
const slicePerClass = 100;

tf.enableProdMode();
await tf.setBackend("wasm");
registerWasmGradients(tf);

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
const graph = compileDigits();
const { training, heldOut } = readDigits();
const { rest, slice } = splitForChoices(training, slicePerClass);
const digits: readonly Digit[] = args.choose ? rest : training;

function save(weights: WeightStore): void {
  mkdirSync(dirname(args.out), { recursive: true });
  writeFileSync(args.out, writeSafetensors(weights, new Map([["network", graph.name]])));
}

console.log(`${graph.name}: ${digits.length} digits, ${epochs} epochs, tf.js on ${tf.getBackend()}`);
const started = performance.now();
const losses: number[] = [];
const weights = await fitDigits(graph, digits, {
  epochs,
  batchSize,
  learningRate: 0.003,
  averageDecay: 0.995,
  seed,
  onBatch: showProgress,
  async onEpoch(epoch) {
    losses.push(epoch.loss);
    // The weights are written after each epoch, so a run that is stopped leaves those of its last epoch.
    save(epoch.weights);
    const chosen = args.choose ? `  slice ${percent(await accuracy(graph, epoch.weights, slice))}` : "";
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    const figures = `loss ${epoch.loss.toFixed(4)}  training ${percent(epoch.accuracy)}${chosen}`;
    console.log(`epoch ${String(epoch.epoch).padStart(2)}/${epochs}  ${figures}  ${minutes} min`);
  },
});

console.log(`\n${lossCurve(losses)}\n`);
const milliseconds = (performance.now() - started) / (epochs * digits.length);
console.log(`${milliseconds.toFixed(1)} ms an image`);
console.log(`weights: ${args.out}`);
if (args.choose) console.log(`on the slice of ${slice.length}: ${percent(await accuracy(graph, weights, slice))}`);
else console.log(`on the ${heldOut.length} held-out digits: ${percent(await accuracy(graph, weights, heldOut))}`);
