import type { Padding, Pads } from "../../ir/window.ts";
import { word, type Word } from "../argument.ts";

/** The ways to pad that have a name. */
export const paddings = {
  same: word(
    "TensorFlow's padding: output extents are input extents over the stride, rounded up; the odd pixel goes to the bottom and right.",
  ),
  valid: word("No padding."),
  torch: word("PyTorch's usual padding: floor(dilation * (kernel - 1) / 2) on each side."),
} as const satisfies Record<Exclude<Padding, Pads>, Word>;
