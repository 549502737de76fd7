import { indexNodes, nodeAt, type ShapedGraph } from "../ir/graph.ts";
import type { OpName } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";
import type { Span } from "../text/span.ts";
import { countNode } from "./counts.ts";
import { groupLayers } from "./group-layers.ts";
import { activationBytes } from "./memory.ts";
import { receptiveFields, type Extent2d } from "./receptive-field.ts";

/** One written layer: a conv with its norm and activation is one. */
export interface LayerRow {
  readonly path: string;
  /** The first node's op. */
  readonly op: OpName;
  /** Shape of the first input; a join's others are in `inputs`. */
  readonly input: Shape;
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  /** Trainable weights, as `assert params` counts them. */
  readonly params: number;
  /** With the norms' moving statistics. */
  readonly totalParams: number;
  /** Multiply-adds of one image. */
  readonly macs: number;
  /** Bytes of the output in float32; 0 where it is its input's bytes (flatten, squeeze, dropout). */
  readonly activationBytes: number;
  /** Rows and columns of the input that one element depends on. */
  readonly receptiveField: Extent2d;
  readonly span: Span;
}

/** Layers in execution order, the network's input left out. */
export function layerRows(training: ShapedGraph): readonly LayerRow[] {
  const index = indexNodes(training);
  const fields = receptiveFields(training);
  return groupLayers(training).map(({ path, nodes, last, inputs }) => {
    const counts = nodes.map((node) => countNode(index, node));
    const shapes = inputs.map((id) => nodeAt(index, id).shape);
    return {
      path,
      op: nodes[0].op,
      input: shapes[0] ?? [],
      inputs: shapes,
      output: last.shape,
      params: counts.reduce((sum, { trainable }) => sum + trainable, 0),
      totalParams: counts.reduce((sum, { total }) => sum + total, 0),
      macs: counts.reduce((sum, { macs }) => sum + macs, 0),
      activationBytes: activationBytes(last),
      receptiveField: fields.get(last.id) ?? [1, 1],
      span: nodes[0].span,
    };
  });
}
