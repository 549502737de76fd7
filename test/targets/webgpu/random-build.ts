import type { ShapedGraph } from "../../../src/ir/graph.ts";
import { inferenceGraph, trainingGraph } from "../../../src/passes/pipeline.ts";
import { writeDenseAsConv } from "../../../src/passes/write-dense-as-conv.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { emitChecked, randomImage } from "../../support/gpu-run.ts";
import { randomGraph } from "../../support/random-graph.ts";
import { randomMobileGraph } from "../../support/random-mobile-graph.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

function weighted(training: ShapedGraph, graph: ShapedGraph, seed: number) {
  return { graph, weights: randomWeights(training, seed), image: randomImage(graph, seed) };
}

/** A random network of any ops. One in four is left unfused, so that each op's own kernel meets the others. */
export function randomNetwork(seed: number) {
  const training = trainingGraph(randomGraph(seed), refuse);
  const graph = seed % 4 === 0 ? writeDenseAsConv.run(training, refuse) : inferenceGraph(training, refuse);
  return weighted(training, graph, seed);
}

/** A random network of mobile blocks. */
export function randomMobileNetwork(seed: number) {
  const training = trainingGraph(randomMobileGraph(seed), refuse);
  return weighted(training, inferenceGraph(training, refuse), seed);
}

/** A random network whose values are stored in 16 bits. Those of even seeds have mobile blocks, all fused. */
export function randomHalfBuild(seed: number) {
  const isMobile = seed % 2 === 0;
  const network = isMobile ? randomMobileNetwork(seed) : randomNetwork(seed);
  const fusion = isMobile ? "always" : "cheapest";
  return { ...network, files: emitChecked(network.graph, network.weights, { precision: "f16", fusion }) };
}
