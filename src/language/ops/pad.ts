import type { PadOp } from "../../ir/ops/pad.ts";
import { defaulted, word, type Word } from "../argument.ts";
import { anyNumber, ends, margins, oneOf } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

const modes = {
  constant: word("All of one value.", ["zeros", "constants"]),
  reflect: word("The map, mirrored at its border pixels, which are not repeated.", ["mirror", "symmetric"]),
  replicate: word("The border pixels, repeated.", ["edge", "replication", "nearest"]),
} as const satisfies Record<PadOp["mode"], Word>;

export const pad = languageOp({
  doc: "Adds rows and columns around a map, or channels. A conv takes zeros in, which then cost nothing.",
  usage: "pad [0, 1, 0, 1]",
  elsewhere: [
    { names: ["zeropad", "zeropad2d", "zeropadding2d", "padding", "constantpad2d"], written: "pad 1" },
    { names: ["reflectionpad2d", "mirrorpad", "reflectionpad"], written: "pad 1 mode=reflect" },
    { names: ["replicationpad2d", "edgepad"], written: "pad 1 mode=replicate" },
  ],
  positional: {
    margins: defaulted(margins, [0, 0, 0, 0], "Rows and columns to add: [top, bottom, left, right], or one number."),
  },
  attributes: {
    mode: defaulted(oneOf(modes), "constant", "`constant`, `reflect` or `replicate`; for rows and columns."),
    value: defaulted(anyNumber, 0, "The value of `constant`, and of channels."),
    channels: defaulted(ends, [0, 0], "Channels to add: [before, after], or one number."),
  },
  make: ({ margins, mode, value, channels }): LayerParts<PadOp> =>
    plainLayer({ op: "pad", mode, margins, channels, value }),
});
