import type { UpsampleOp } from "../../ir/ops/upsample.ts";
import { defaulted, required, word, type Word } from "../argument.ts";
import { oneOf, pair } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

const modes = {
  nearest: word("Each value is repeated."),
  bilinear: word("Between neighbours values change in a line, with half-pixel centres."),
} as const satisfies Record<UpsampleOp["mode"], Word>;

export const upsample = languageOp({
  doc: "Enlarges a map.",
  usage: "upsample 2 mode=bilinear",
  elsewhere: [{ names: ["upsampling", "upsampling2d", "resize"], written: "upsample 2" }],
  positional: { factor: required(pair, "How many times, one number or [vertical, horizontal].") },
  attributes: {
    mode: defaulted(oneOf(modes), "nearest", "`nearest`, or `bilinear` with half-pixel centres.", {
      elsewhere: ["interpolation"],
    }),
  },
  make: ({ factor, mode }): LayerParts<UpsampleOp> => plainLayer({ op: "upsample", factor, mode }),
});
