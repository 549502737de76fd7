import type { BlockInstance, ShapedGraph } from "../ir/graph.ts";
import type { OpName } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";
import { checkAsserts, type AssertRow } from "./asserts.ts";
import { countGraph, countNodes } from "./counts.ts";
import { groupLayers } from "./group-layers.ts";
import { layerRows } from "./layers.ts";
import { activationMemory } from "./memory.ts";

/** One number if both axes have the same stride, otherwise `[vertical, horizontal]`. */
export type PerAxis = number | readonly [number, number];

/** The figures of one use of a block. */
export interface SummaryBlock {
  readonly path: string;
  /** Null if the value has no stride, or if paths disagree. */
  readonly stride: PerAxis | null;
  readonly residual: boolean;
  readonly reason: string;
}

/** The figures of one layer. */
export interface SummaryLayer {
  readonly path: string;
  readonly op: OpName;
  readonly input: Shape;
  readonly output: Shape;
  /** Trainable weights. */
  readonly params: number;
  readonly macs: number;
  /** The fractions of the network's trainable weights and multiply-adds, from 0 to 1. */
  readonly share: { readonly params: number; readonly macs: number };
  readonly receptiveField: PerAxis;
  readonly activationBytes: number;
}

/** The data that `mnet summary --json` prints. */
export interface Summary {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly input: Shape;
  /** Shape of the last value. */
  readonly output: Shape;
  readonly params: { readonly total: number; readonly trainable: number; readonly folded: number };
  readonly macs: number;
  /** Multiply-adds of the inference graph. There are fewer if parallel branches are merged into one conv. */
  readonly foldedMacs: number;
  readonly batchNormChannels: number;
  readonly residuals: number;
  readonly asserts: readonly AssertRow[];
  readonly blocks: readonly SummaryBlock[];
  readonly layers: readonly SummaryLayer[];
  readonly memory: { readonly peakBytes: number; readonly peakAt: string | null };
}

/**
 * Counts a network without its weights: layers, shapes, parameters, multiply-adds of one image, and the peak bytes of
 * live activations in float32.
 *
 * @param training the training graph.
 * @param inference its inference graph, if it already exists. Otherwise it is computed.
 * @returns the figures of the network, its blocks and its layers.
 */
export function summarize(training: ShapedGraph, inference?: ShapedGraph): Summary {
  const groups = groupLayers(training);
  const nodes = countNodes(training);
  const { params, macs, foldedMacs, batchNormChannels } = countGraph(training, {
    nodes,
    ...(inference && { inference }),
  });
  const { peakBytes, peakAt } = activationMemory(training, groups);
  const output = training.outputs.at(-1);
  return {
    schemaVersion: 1,
    name: training.name,
    input: training.input.shape,
    output: training.nodes.find(({ id }) => id === output?.node)?.shape ?? [],
    params,
    macs,
    foldedMacs,
    batchNormChannels,
    residuals: training.blocks.filter((block) => block.decision?.inserted === true).length,
    asserts: checkAsserts(training, { params: params.trainable, macs, memory: peakBytes }).rows,
    blocks: training.blocks.map(summaryBlock),
    layers: layerRows(training, { groups, counts: nodes }).map((row) => ({
      path: row.path,
      op: row.op,
      input: row.input,
      output: row.output,
      params: row.params,
      macs: row.macs,
      share: { params: fraction(row.params, params.trainable), macs: fraction(row.macs, macs) },
      receptiveField: perAxis(row.receptiveField),
      activationBytes: row.activationBytes,
    })),
    memory: { peakBytes, peakAt },
  };
}

function summaryBlock({ path, stride, decision }: BlockInstance): SummaryBlock {
  return {
    path,
    stride: stride === null ? null : perAxis(stride),
    residual: decision?.inserted ?? false,
    reason: decision?.reason ?? "",
  };
}

function fraction(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function perAxis([vertical, horizontal]: readonly [number, number]): PerAxis {
  return vertical === horizontal ? vertical : [vertical, horizontal];
}
