import type { SliceOp } from "../../ir/ops/slice.ts";
import { required } from "../argument.ts";
import { whole } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { MAX_CHANNELS } from "../limits.ts";

export const slice = languageOp({
  doc: "Channels `from` up to but not `to`.",
  usage: "slice 0 58",
  elsewhere: [],
  positional: {
    from: required(whole(0, MAX_CHANNELS), "First channel, counted from 0."),
    to: required(whole(1, MAX_CHANNELS), "The channel after the last."),
  },
  attributes: {},
  make: ({ from, to }): LayerParts<SliceOp> => plainLayer({ op: "slice", from, to }),
});
