import { indexNodes, nodeAt, type ShapedGraph } from "../../../ir/graph.ts";
import { elementsOf } from "../../../ir/shape.ts";
import { imageFirst } from "./image-first.ts";
import { imageInput } from "../kernels/image-input.ts";
import { topK } from "../kernels/top-k.ts";
import type { NetworkPlan } from "../plan-network.ts";

/** A program that takes the place of the first dispatch, with its launch and its other bindings. */
interface StandIn {
  readonly file: string;
  readonly wgsl: string;
}

interface ExtraProgram {
  readonly file: string;
  readonly wgsl: string;
  readonly workgroups: readonly [number, number, number];
}

/** Dispatches before and after the network's own, which `model.js` compiles when they are first asked for. */
export interface ExtraPrograms {
  /** Makes the input from an image. `first` reads an image that has the input's size already. */
  readonly image: (ExtraProgram & { readonly first: StandIn | null }) | null;
  /** Ranks the values of `outputs[output]`. */
  readonly topK: (ExtraProgram & { readonly output: number }) | null;
}

/** Returns the texts of their kernels. */
export function extraKernels({ image, topK }: ExtraPrograms): readonly StandIn[] {
  return [image, image?.first ?? null, topK].flatMap((extra) => extra ?? []);
}

/** Writes the programs that a network needs for images and for its largest values. */
export function extraPrograms(graph: ShapedGraph, plan: NetworkPlan): ExtraPrograms {
  const image = imageInput(graph.input.shape, graph.input.normalization);
  const reader = imageFirst(graph, plan);
  const first = reader === null ? null : { file: `kernels/${reader.name}.wgsl`, wgsl: reader.wgsl };
  const output = graph.outputs.findIndex(({ name }) => name === "output");
  const node = graph.outputs[output]?.node;
  const ranked = node === undefined ? null : topK(elementsOf(nodeAt(indexNodes(graph), node).shape));
  return {
    image: image === null ? null : { file: "kernels/image_input.wgsl", ...image, first },
    topK: ranked === null ? null : { file: "kernels/top_k.wgsl", output, ...ranked },
  };
}
