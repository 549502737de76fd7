import { formatShape, type Shape } from "../ir/shape.ts";
import type { SummaryLayer } from "./summary.ts";

/** Pieces of a network in a row that leave maps of one size, the unit in which papers speak of a network's cost. */
export interface Stage {
  /** `112x112`; a vector has one pixel. */
  readonly size: string;
  /** Paths of the first and the last piece. */
  readonly first: string;
  readonly last: string;
  readonly layers: number;
  /** Trainable weights. */
  readonly params: number;
  readonly macs: number;
}

/**
 * Returns the stages in order. The size of a stage is that of the maps which its rows, blocks and single layers leave; maps inside a
 * block do not count. A bottleneck that halves the map belongs with all its layers to the smaller size, and squeeze-and-excitation is no
 * stage of one pixel.
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
 * Groups neighbouring layers that share a path down to a depth. A block with more than `most` layers is the network itself, and is split
 * further.
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
