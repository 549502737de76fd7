import { indexNodes, nodeAt, type NodeId, type ShapedGraph } from "../ir/graph.ts";
import type { OpName } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";
import type { Span } from "../text/span.ts";
import { countNodes, type NodeCounts } from "./counts.ts";
import { groupLayers, type LayerGroup } from "./group-layers.ts";
import { activationBytes } from "./memory.ts";
import { receptiveFields, type Extent2d } from "./receptive-field.ts";

/** One layer of the spec. A conv with its norm and activation is one layer. */
export interface LayerRow {
  readonly path: string;
  /** The first node's op. */
  readonly op: OpName;
  /** Shape of the first input. The shapes of all inputs of a join are in `inputs`. */
  readonly input: Shape;
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  /** Trainable weights, as `assert params` counts them. */
  readonly params: number;
  /** Trainable weights and moving statistics. */
  readonly totalParams: number;
  /** Multiply-adds of one image. */
  readonly macs: number;
  /**
   * Bytes of the output in float32. It is 0 if the output shares the bytes of the input (flatten, squeeze, dropout).
   */
  readonly activationBytes: number;
  /** The rows and columns of the network's input on which one element of the output depends. */
  readonly receptiveField: Extent2d;
  readonly span: Span;
}

/** Data that is already known, so that it need not be computed again. */
export interface LayerSources {
  readonly groups?: readonly LayerGroup[];
  readonly counts?: ReadonlyMap<NodeId, NodeCounts>;
}

/** Returns the layers in execution order, without the network's input. */
export function layerRows(training: ShapedGraph, sources: LayerSources = {}): readonly LayerRow[] {
  const groups = sources.groups ?? groupLayers(training);
  const counts = sources.counts ?? countNodes(training);
  const index = indexNodes(training);
  const fields = receptiveFields(training);
  return groups.map(({ path, nodes, last, inputs }) => {
    const sum = (of: keyof NodeCounts): number =>
      nodes.reduce((total, { id }) => total + (counts.get(id)?.[of] ?? 0), 0);
    const shapes = inputs.map((id) => nodeAt(index, id).shape);
    return {
      path,
      op: nodes[0].op,
      input: shapes[0] ?? [],
      inputs: shapes,
      output: last.shape,
      params: sum("trainable"),
      totalParams: sum("total"),
      macs: sum("macs"),
      activationBytes: activationBytes(last),
      receptiveField: fields.get(last.id) ?? [1, 1],
      span: nodes[0].span,
    };
  });
}
