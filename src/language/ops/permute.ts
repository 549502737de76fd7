import type { AxisOrder, PermuteOp } from "../../ir/ops/permute.ts";
import { required, word, type Word } from "../argument.ts";
import { oneOf } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

const orders = {
  hwc: word("Leaves every axis."),
  hcw: word("Swaps columns and channels."),
  whc: word("Swaps rows and columns."),
  wch: word("Columns become rows, channels columns, and rows channels."),
  chw: word("Channels become rows, rows columns, and columns channels."),
  cwh: word("Swaps rows and channels."),
} as const satisfies Record<AxisOrder, Word>;

export const permute = languageOp({
  doc: "The axes of a map in another order: `cwh` swaps rows and channels.",
  usage: "permute cwh",
  elsewhere: [{ names: ["transpose", "swapaxes"], written: "permute cwh" }],
  positional: {
    order: required(oneOf(orders), "Which axis of the input, h, w or c, each axis of the output is."),
  },
  attributes: {},
  make: ({ order }): LayerParts<PermuteOp> => plainLayer({ op: "permute", order }),
});
