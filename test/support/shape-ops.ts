import type { Op } from "../../src/ir/op.ts";
import type { PadOp } from "../../src/ir/ops/pad.ts";
import type { PoolOp } from "../../src/ir/ops/pool.ts";
import type { ResizeOp } from "../../src/ir/ops/resize.ts";
import type { Pads, Pair } from "../../src/ir/window.ts";

function pad(mode: PadOp["mode"], margins: PadOp["margins"], channels: PadOp["channels"] = [0, 0], value = 0): PadOp {
  return { op: "pad", mode, margins, channels, value };
}

function pool(
  mode: PoolOp["mode"],
  kernel: Pair,
  stride: Pair,
  padding: Pads,
  countPadding: boolean,
  ceil: boolean,
): PoolOp {
  return { op: "pool", mode, kernel, stride, dilation: [1, 1], padding, countPadding, ceil };
}

function* resizes(): Generator<readonly [string, ResizeOp]> {
  for (const mode of ["nearest", "bilinear", "bicubic"] as const) {
    for (const coordinates of ["half_pixel", "align_corners", "asymmetric"] as const) {
      for (const size of [
        [10, 3],
        [4, 1],
        [12, 15],
      ] as const) {
        yield [`${mode} to ${size.join("x")}, ${coordinates}`, { op: "resize", to: { size }, mode, coordinates }];
      }
    }
  }
}

/** Ops that change the extents of a map or read outside of it, for a map of at least 6x5x4. */
export const shapeOps: readonly (readonly [string, Op])[] = [
  ["zeros around", pad("constant", [2, 0, 1, 3])],
  ["a value around", pad("constant", [1, 1, 1, 1], [0, 0], -1.5)],
  ["channels of zeros", pad("constant", [0, 0, 0, 0], [1, 2])],
  ["four channels after", pad("constant", [0, 1, 0, 0], [0, 4], 0.1)],
  ["reflected", pad("reflect", [3, 2, 1, 4])],
  ["reflected at the top, with channels", pad("reflect", [2, 0, 0, 0], [4, 0], 0.5)],
  ["replicated", pad("replicate", [2, 3, 7, 1])],
  ["replicated on the right, with channels", pad("replicate", [0, 0, 0, 2], [0, 3])],
  ["average that counts padding", pool("avg", [3, 3], [2, 2], [1, 1, 1, 1], true, false)],
  ["average that counts same padding", { ...pool("avg", [3, 2], [2, 1], [0, 0, 0, 0], true, false), padding: "same" }],
  ["average, ceil", pool("avg", [3, 2], [2, 2], [0, 0, 0, 0], false, true)],
  ["average that counts padding, ceil", pool("avg", [3, 3], [2, 3], [1, 1, 1, 1], true, true)],
  ["average that counts uneven padding, ceil", pool("avg", [2, 4], [3, 2], [1, 0, 0, 1], true, true)],
  ["maximum, ceil", pool("max", [2, 3], [2, 2], [1, 1, 0, 0], false, true)],
  ["adaptive average", { op: "adaptive_pool", mode: "avg", size: [4, 3] }],
  ["adaptive maximum", { op: "adaptive_pool", mode: "max", size: [5, 2] }],
  ["adaptive average that enlarges", { op: "adaptive_pool", mode: "avg", size: [9, 5] }],
  ["adaptive maximum of equal windows", { op: "adaptive_pool", mode: "max", size: [1, 5] }],
  ...resizes(),
  ["bicubic by factors", { op: "resize", to: { factor: [2, 3] }, mode: "bicubic", coordinates: "half_pixel" }],
  ["crop", { op: "crop", margins: [1, 2, 0, 3] }],
];
