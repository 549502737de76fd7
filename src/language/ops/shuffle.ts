import type { ShuffleOp } from "../../ir/ops/shuffle.ts";
import { required } from "../argument.ts";
import { channelCount } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

export const shuffle = languageOp({
  doc: "Channels in groups, dealt out in turn. Zhang et al. 2018.",
  usage: "shuffle 2",
  elsewhere: [{ names: ["channelshuffle"], written: "shuffle 2" }],
  positional: { groups: required(channelCount, "Number of groups.") },
  attributes: {},
  make: ({ groups }): LayerParts<ShuffleOp> => plainLayer({ op: "shuffle", groups }),
});
