import { nodeAt, type ShapedGraph } from "../ir/graph.ts";
import { asMap } from "../ir/shape.ts";
import { blockRows, type BlockRow } from "./block-rows.ts";
import { familyOf, type Stages } from "./families.ts";
import type { NetworkContext } from "./network-context.ts";
import { isWidthParam } from "./width-param.ts";

/** A row of the network beside the row of its family's network. */
export interface StageRow {
  readonly row: BlockRow;
  /** Channels at width 1. */
  readonly channels: number;
  /** The factor by which the row shrinks the map. */
  readonly stride: number;
  /** The factor of the family's network there. It is 1 inside a stage of several rows, whose first row has the stride. */
  readonly expected: number;
  /** The largest dilation of its convs. */
  readonly dilation: number;
}

/** Returns the rows if their channels are those of a network of the family; null if there is nothing to compare with. */
export function stageRows(context: NetworkContext): readonly StageRow[] | null {
  const { graph, index } = context;
  const references = familyOf(graph.family).stages;
  // A preset has the rows of its base, which is judged itself.
  if (references === undefined || context.preset !== null) return null;
  const base = atWidthOne(context);
  const dilations = dilationsOf(graph);
  const rows = blockRows(context).filter(({ instances }) => instances[0].parent === null);
  const measured = rows.flatMap((row) => {
    const first = row.instances[0];
    const last = row.instances.at(-1) ?? first;
    const before = asMap(nodeAt(index, first.input).shape);
    const after = asMap(nodeAt(index, last.output).shape);
    const channels = base.get(last.path);
    if (before === null || after === null || channels === undefined || after.h * after.w <= 1) return [];
    return [
      {
        row,
        channels,
        stride: Math.round(before.h / after.h),
        before: before.h,
        dilation: Math.max(...row.indices.map((at) => dilations.get(at) ?? 1)),
      },
    ];
  });
  const [first] = measured;
  if (first === undefined) return null;
  const reference = references.find((stages) => sameChannels(stages, measured));
  if (reference === undefined) return null;
  let total = Math.round((asMap(graph.input.shape)?.h ?? 0) / first.before);
  let stage = -1;
  return measured.map(({ row, channels, stride, dilation }) => {
    const opens = stage < 0 || reference[stage]?.[0] !== channels;
    if (opens) stage += 1;
    const before = stage === 0 ? total : (reference[stage - 1]?.[1] ?? total);
    const expected = opens ? Math.max(1, Math.round((reference[stage]?.[1] ?? 1) / before)) : 1;
    total *= stride;
    return { row, channels, stride, expected, dilation };
  });
}

/** Returns the channels of each block's output at width 1, by path. */
function atWidthOne(context: NetworkContext): ReadonlyMap<string, number> {
  const { params } = context.graph;
  const width = Object.keys(params).find((name) => isWidthParam(name) && typeof params[name] === "number");
  const graph: ShapedGraph | undefined =
    width === undefined || params[width] === 1 ? context.graph : context.variant({ [width]: 1 })?.training;
  if (graph === undefined) return new Map();
  const shapes = new Map(graph.nodes.map((node) => [node.id, node.shape]));
  return new Map(graph.blocks.map(({ path, output }) => [path, shapes.get(output)?.at(-1) ?? 0]));
}

/** True if the rows have the channels of the stages. Neighbouring rows of equal channels are one stage. */
function sameChannels(stages: Stages, rows: readonly { readonly channels: number }[]): boolean {
  const own = rows.map(({ channels }) => channels).filter((channels, at, all) => channels !== all[at - 1]);
  return own.length === stages.length && own.every((channels, at) => channels === stages[at]?.[0]);
}

/** Returns the largest dilation inside each block instance, by its index. Blocks without a dilation are left out. */
function dilationsOf({ nodes, blocks }: ShapedGraph): ReadonlyMap<number, number> {
  const largest = new Map<number, number>();
  for (const node of nodes) {
    if ((node.op !== "conv" && node.op !== "depthwise") || node.kernel[0] === 1 || node.dilation[0] === 1) continue;
    for (let at = node.block; at !== null; at = blocks[at]?.parent ?? null) {
      largest.set(at, Math.max(largest.get(at) ?? 1, node.dilation[0]));
    }
  }
  return largest;
}
