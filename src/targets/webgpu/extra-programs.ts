import { indexNodes, nodeAt, type ShapedGraph } from "../../ir/graph.ts";
import { elementsOf } from "../../ir/shape.ts";
import { imageInput } from "./kernels/image-input.ts";
import { topK } from "./kernels/top-k.ts";

interface ExtraProgram {
  readonly file: string;
  readonly wgsl: string;
  readonly workgroups: readonly [number, number, number];
}

/** Dispatches before and behind the network's own, which `model.js` compiles when they are first asked for. */
export interface ExtraPrograms {
  /** Makes the input of an image. */
  readonly image: ExtraProgram | null;
  /** Ranks the values of `outputs[output]`. */
  readonly topK: (ExtraProgram & { readonly output: number }) | null;
}

export function extraPrograms(graph: ShapedGraph): ExtraPrograms {
  const image = imageInput(graph.input.shape, graph.input.normalization);
  const output = graph.outputs.findIndex(({ name }) => name === "output");
  const node = graph.outputs[output]?.node;
  const ranked = node === undefined ? null : topK(elementsOf(nodeAt(indexNodes(graph), node).shape));
  return {
    image: image === null ? null : { file: "kernels/image_input.wgsl", ...image },
    topK: ranked === null ? null : { file: "kernels/top_k.wgsl", output, ...ranked },
  };
}
