import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { mapOf } from "../../../ir/shape.ts";
import type { LimitProfile } from "../schedule/limits.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { InnerLayer } from "../schedule/work.ts";
import { tilePixels } from "./conv-tile.ts";
import type { KernelOption } from "./kernel-option.ts";
import { columnsOf } from "./pack-channels.ts";
import { spatialTile, tileSizes, type SpatialTile } from "./spatial-tile.ts";

/** A conv in one group, mostly an expansion, and the depthwise after it. */
export interface ExpandDepthwise {
  readonly conv: InnerLayer<"conv">;
  readonly node: ShapedNodeOf<"depthwise">;
  readonly stages: readonly EpilogueStage[];
  /** Whether the conv's channels go before the depthwise's in the output; all keep their shape then, and divide by four. */
  readonly beside?: true;
}

/** How the work is cut. */
interface TileCut extends SpatialTile {
  /** Vectors of channels a workgroup owns. */
  readonly width: number;
  /** Pixels of the conv an invocation computes at once. */
  readonly pixels: number;
  /** Rows of invocations in a workgroup. */
  readonly lines: number;
  readonly groups: readonly [number, number, number];
}

const WIDTHS = [2, 4, 8, 16];
/** Vectors of 16 bytes that memory moves together. */
const SECTOR = 4;

/** Lists the ways to cut the work into tiles of the output and channels. */
export function expandCuts(fused: ExpandDepthwise, limits: LimitProfile): readonly TileCut[] {
  const between = mapOf(fused.conv.node.shape);
  const out = mapOf(fused.node.shape);
  const all = columnsOf(between.c);
  const most = limits.maxComputeInvocationsPerWorkgroup;
  return tileSizes(out).flatMap((tile) => {
    const spatial = spatialTile(fused.node, between, out, tile);
    const region = spatial.rows.region * spatial.columns.region;
    return WIDTHS.filter(
      (width) =>
        (width < 2 * all || width === 2) &&
        width <= most &&
        region * width * 16 <= limits.maxComputeWorkgroupStorageSize,
    ).flatMap((width) =>
      tilePixels(fused.conv.node).map((pixels): TileCut => {
        const lines = Math.min(Math.floor(most / width), Math.ceil(region / pixels));
        const groups = [Math.ceil(all / width), spatial.columns.tiles, spatial.rows.tiles] as const;
        return { ...spatial, width, pixels, lines, groups };
      }),
    );
  });
}

export type ExpandSizes = ReturnType<typeof expandSizes>;

/** What both the cost and the text of a program are made of. */
export function expandSizes(fused: ExpandDepthwise, cut: TileCut) {
  const input = mapOf(fused.conv.input);
  const { kernel } = fused.conv.node;
  const region = cut.rows.region * cut.columns.region;
  return {
    ...fused,
    ...cut,
    input,
    between: mapOf(fused.conv.node.shape),
    out: mapOf(fused.node.shape),
    /** Numbers that one channel of the conv multiplies. */
    depth: kernel[0] * kernel[1] * input.c,
    taps: fused.node.kernel[0] * fused.node.kernel[1],
    region,
    workgroupBytes: region * cut.width * 16,
    beside: fused.beside === true,
  };
}

/** Counts what a program does. */
export function expandCost(sizes: ExpandSizes): KernelOption["cost"] {
  const { rows, columns, width, pixels, lines, groups, input, out, depth, taps, region, beside } = sizes;
  const invocations = width * lines * groups[0] * groups[1] * groups[2];
  // Each round keeps all lines busy, or waiting.
  const rounds = Math.ceil(region / (lines * pixels));
  const convMacs = invocations * rounds * pixels * 4 * depth;
  const depthwiseMacs = invocations * Math.ceil((rows.tile * columns.tile) / lines) * 4 * taps;
  const weights = (depth + taps) * columnsOf(out.c) * 4;
  const outputBytes = 4 * out.h * out.w * out.c * (beside ? 2 : 1);
  return {
    macs: convMacs + depthwiseMacs,
    // A vector of weights serves all pixels, one of input four channels; the depthwise reads each operand once.
    loads: convMacs * (1 / pixels + 1 / 4) + depthwiseMacs * 2,
    bytes: 4 * (input.h * input.w * input.c + weights) + outputBytes,
    traffic: footprintOf(sizes) * groups[0] * groups[1] * groups[2] + outputBytes * Math.max(1, SECTOR / width),
  };
}

/** Bytes that a workgroup reads: its part of the input, and the weights of its channels. */
function footprintOf({ conv, rows, columns, width, input, depth, taps }: ExpandSizes): number {
  const extent = (region: number, axis: 0 | 1, most: number) =>
    Math.min(most, (region - 1) * conv.node.stride[axis] + (conv.node.kernel[axis] - 1) * conv.node.dilation[axis] + 1);
  const weights = (depth + taps) * width * 16;
  return 4 * extent(rows.region, 0, input.h) * extent(columns.region, 1, input.w) * input.c + weights;
}
