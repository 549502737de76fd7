import type { ShapedGraph } from "../../src/ir/graph.ts";
import { inferenceGraph, trainingGraph } from "../../src/passes/pipeline.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { emitChecked, randomImage } from "./gpu-run.ts";
import { mobileNetV2 } from "./gpu-mobilenet-v2.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

/** MobileNetV2 at 96 pixels and 10 classes with random weights, and an image: a real network that runs fast. */
export function sampleBuild() {
  const training = trainingGraph(mobileNetV2(96, 10), refuse);
  const graph: ShapedGraph = inferenceGraph(training, refuse);
  const weights = randomWeights(training, 11);
  return { graph, weights, files: emitChecked(graph, weights, { device: "software" }), image: randomImage(graph, 11) };
}
