import { formatShape, type Shape } from "../ir/shape.ts";
import type { SummaryLayer } from "./summary.ts";

/**
 * Consecutive parts of a network whose output maps have the same size. Papers state the cost of a network by stages.
 */
export interface Stage {
  /** `112x112`; a vector has one pixel. */
  readonly size: string;
  /** The paths of the first and the last part. */
  readonly first: string;
  readonly last: string;
  readonly layers: number;
  /** Trainable weights. */
  readonly params: number;
  readonly macs: number;
}

/**
 * Returns the stages in order. The size of a stage is the size of the output maps of its rows, blocks and single
 * layers. Maps inside a block do not count, so all layers of a bottleneck that halves the map belong to the smaller
 * size, and a squeeze-and-excitation is not a stage of one pixel.
 */
export function stagesOf(layers: readonly SummaryLayer[]): readonly Stage[] {
  const stages: Stage[] = [];
  for (const { path, size, layers: held } of piecesOf(layers, 0, layers.length / 2)) {
    const piece = {
      size,
      first: path,
      last: path,
      layers: held.length,
      params: held.reduce((sum, { params }) => sum + params, 0),
      macs: held.reduce((sum, { macs }) => sum + macs, 0),
    };
    const before = stages.at(-1);
    if (before?.size === size) stages[stages.length - 1] = joined(before, piece);
    else stages.push(piece);
  }
  return stages;
}

interface Piece {
  readonly path: string;
  readonly size: string;
  readonly layers: readonly SummaryLayer[];
}

/**
 * Groups neighbouring layers whose paths are equal up to a depth. A block with more than `most` layers counts as the
 * network itself and is split further.
 */
function piecesOf(layers: readonly SummaryLayer[], depth: number, most: number): readonly Piece[] {
  const runs: { readonly path: string; readonly layers: SummaryLayer[] }[] = [];
  for (const layer of layers) {
    const path = layer.path
      .split("/")
      .slice(0, depth + 1)
      .join("/");
    const run = runs.at(-1);
    if (run?.path === path) run.layers.push(layer);
    else runs.push({ path, layers: [layer] });
  }
  return runs.flatMap(({ path, layers: held }) => {
    if (held.length > most && held.some((layer) => layer.path !== path)) return piecesOf(held, depth + 1, most);
    return [{ path, size: sizeOf(held.at(-1)?.output ?? []), layers: held }];
  });
}

function sizeOf(shape: Shape): string {
  return shape.length === 3 ? formatShape(shape.slice(0, 2)) : "1x1";
}

function joined(before: Stage, piece: Stage): Stage {
  return {
    ...before,
    last: piece.last,
    layers: before.layers + piece.layers,
    params: before.params + piece.params,
    macs: before.macs + piece.macs,
  };
}
