import type { Pads, Pair } from "../../../ir/window.ts";

/** One axis of a tile of outputs, and of the region that the tile's windows cover on the map that they read. */
export interface TileAxis {
  /** Outputs of a tile. */
  readonly tile: number;
  readonly tiles: number;
  /** Extent of the region. */
  readonly region: number;
  /** Returns the expression of the region's first coordinate on the map, from the expression of the tile's first output. */
  readonly origin: (first: string) => string;
}

interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pad: number;
  readonly extent: number;
  readonly outputs: number;
}

/** A tile that covers the axis has the whole map as its region; the region of any other starts with the tile's first window. */
function tileAxis({ kernel, stride, dilation, pad, extent, outputs }: Axis, tile: number): TileAxis {
  const covered = (tile - 1) * stride + (kernel - 1) * dilation + 1;
  if (tile >= outputs) return { tile: outputs, tiles: 1, region: extent, origin: () => "0" };
  return {
    tile,
    tiles: Math.ceil(outputs / tile),
    region: covered,
    origin: (first) => `i32(${first}${stride > 1 ? ` * ${stride}u` : ""})${pad > 0 ? ` - ${pad}` : ""}`,
  };
}

interface WindowedNode {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly pads: Pads;
}

export interface SpatialTile {
  readonly rows: TileAxis;
  readonly columns: TileAxis;
}

export function spatialTile(
  node: WindowedNode,
  input: { readonly h: number; readonly w: number },
  output: { readonly h: number; readonly w: number },
  [tileRows, tileColumns]: Pair,
): SpatialTile {
  const axis = (index: 0 | 1, extent: number, outputs: number, tile: number) =>
    tileAxis(
      {
        kernel: node.kernel[index],
        stride: node.stride[index],
        dilation: node.dilation[index],
        pad: node.pads[2 * index] ?? 0,
        extent,
        outputs,
      },
      tile,
    );
  return {
    rows: axis(0, input.h, output.h, tileRows),
    columns: axis(1, input.w, output.w, tileColumns),
  };
}

const SIDES = [4, 7, 8, 14, 28];

/** Lists tiles worth weighing on an output of `h` x `w`: the usual sides and the whole, none higher than wide. */
export function tileSizes({ h, w }: { readonly h: number; readonly w: number }): readonly Pair[] {
  const sides = (extent: number) => [...SIDES.filter((side) => side < extent), extent];
  return sides(h).flatMap((rows) =>
    sides(w)
      .filter((columns) => columns >= rows || columns === w)
      .map((columns): Pair => [rows, columns]),
  );
}
