import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { mapOf } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { InnerLayer } from "../schedule/work.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { columnsOf } from "./pack-channels.ts";
import { spatialTile, tileSizes, type SpatialTile } from "./spatial-tile.ts";

/** A depthwise and the 1x1 conv after it, which projects the hidden channels. */
export interface Projection {
  readonly depthwise: InnerLayer<"depthwise">;
  readonly node: ShapedNodeOf<"conv">;
  readonly stages: readonly EpilogueStage[];
}

/** How the work is cut. */
export interface ChunkCut extends SpatialTile {
  /** Vectors of hidden channels in workgroup memory at a time. */
  readonly chunk: number;
  /** Output pixels an invocation sums up. */
  readonly pixels: number;
  /** Invocations for each vector of output channels: together they have the tile's pixels. */
  readonly lines: number;
  readonly invocations: number;
  /** Bytes of workgroup memory. */
  readonly bytes: number;
}

const CHUNKS = [4, 8];
const PIXELS = [4, 8];

/**
 * Lists the ways to cut a projection. A workgroup owns all output channels of a tile, and goes through the hidden channels chunk
 * by chunk: what the depthwise makes of a chunk is in workgroup memory, and the sums are in registers all the time.
 * `keepsRegion` says that what the depthwise reads is in workgroup memory as well, with a rim of neighbours.
 */
export function chunkCuts(
  { depthwise, node }: Projection,
  { limits, facts }: KernelContext,
  keepsRegion: boolean,
): readonly ChunkCut[] {
  const map = mapOf(depthwise.input);
  const out = mapOf(node.shape);
  const width = columnsOf(out.c);
  if (map.c % 4 !== 0) return [];
  return tileSizes(out).flatMap((tile) => {
    const spatial = spatialTile(depthwise.node, map, out, tile);
    const count = spatial.rows.tile * spatial.columns.tile;
    const region = keepsRegion ? spatial.rows.region * spatial.columns.region : 0;
    return CHUNKS.flatMap((chunk) =>
      PIXELS.filter((pixels) => pixels <= facts.pixels).map((pixels): ChunkCut => {
        const lines = Math.ceil(count / pixels);
        return { ...spatial, chunk, pixels, lines, invocations: width * lines, bytes: 16 * chunk * (count + region) };
      }),
    ).filter(
      ({ invocations, bytes, chunk }) =>
        invocations >= chunk &&
        invocations <= limits.maxComputeInvocationsPerWorkgroup &&
        bytes <= limits.maxComputeWorkgroupStorageSize,
    );
  });
}

export type ChunkSizes = Projection & ReturnType<typeof chunkSizes>;

/** What both the cost and the text of a program are made of. */
export function chunkSizes<Fused extends Projection>(fused: Fused, cut: ChunkCut) {
  const { depthwise, node } = fused;
  const map = mapOf(depthwise.input);
  const out = mapOf(node.shape);
  return {
    ...fused,
    ...cut,
    map,
    out,
    /** Vectors of output channels. */
    width: columnsOf(out.c),
    /** Output pixels of a tile. */
    count: cut.rows.tile * cut.columns.tile,
    /** Pixels that the windows of a tile cover. */
    region: cut.rows.region * cut.columns.region,
    /** Invocations that share the pixels of one vector of hidden channels. */
    perChunk: Math.floor(cut.invocations / cut.chunk),
    groups: cut.columns.tiles * cut.rows.tiles,
    taps: depthwise.node.kernel[0] * depthwise.node.kernel[1],
  };
}

/** Counts hidden values: they are shared out in rounds of all invocations, `each` pixels at a time, which finish together. */
export function hiddenValues({ groups, map, chunk, perChunk }: ChunkSizes, places: number, each: number): number {
  const chunks = Math.ceil(map.c / 4 / chunk);
  return groups * chunks * chunk * 4 * Math.ceil(places / (perChunk * each)) * each * perChunk;
}

/** What a conv before the depthwise adds to the cost. */
interface ConvCost {
  readonly macs: number;
  readonly loads: number;
  /** Numbers of its kernel for one hidden channel. */
  readonly depth: number;
}

/** Counts what a program does that reads an input of `numbers`, of which a workgroup reads `footprint`. */
export function chunkCost(
  sizes: ChunkSizes,
  { numbers, footprint }: { readonly numbers: number; readonly footprint: number },
  conv: ConvCost = { macs: 0, loads: 0, depth: 0 },
): KernelOption["cost"] {
  const { groups, lines, pixels, map, out, width, count, taps } = sizes;
  const depthwiseMacs = hiddenValues(sizes, count, 1) * taps;
  const projectMacs = groups * lines * pixels * width * 4 * map.c;
  const weights = 4 * map.c * (conv.depth + taps + out.c);
  const outputBytes = 4 * out.h * out.w * out.c;
  return {
    macs: conv.macs + depthwiseMacs + projectMacs,
    loads: conv.loads + depthwiseMacs * 2 + projectMacs * (1 / pixels + 1 / 4),
    bytes: 4 * numbers + weights + outputBytes,
    traffic: groups * (4 * footprint + weights) + outputBytes,
  };
}
