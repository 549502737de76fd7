import type { Op } from "../../src/ir/op.ts";
import type { PadOp } from "../../src/ir/ops/pad.ts";

function pad(mode: PadOp["mode"], margins: PadOp["margins"], channels: PadOp["channels"] = [0, 0], value = 0): PadOp {
  return { op: "pad", mode, margins, channels, value };
}

/** Ops that change the extents of a map or read beyond its border, for a map of at least 6x5x4. */
export const shapeOps: readonly (readonly [string, Op])[] = [
  ["zeros around", pad("constant", [2, 0, 1, 3])],
  ["a value around", pad("constant", [1, 1, 1, 1], [0, 0], -1.5)],
  ["channels of zeros", pad("constant", [0, 0, 0, 0], [1, 2])],
  ["four channels after", pad("constant", [0, 1, 0, 0], [0, 4], 0.1)],
  ["reflected", pad("reflect", [3, 2, 1, 4])],
  ["reflected at the top, with channels", pad("reflect", [2, 0, 0, 0], [4, 0], 0.5)],
  ["replicated", pad("replicate", [2, 3, 7, 1])],
  ["replicated on the right, with channels", pad("replicate", [0, 0, 0, 2], [0, 3])],
  ["crop", { op: "crop", margins: [1, 2, 0, 3] }],
];
