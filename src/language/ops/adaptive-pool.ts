import type { AdaptivePoolOp } from "../../ir/ops/adaptive-pool.ts";
import { required } from "../argument.ts";
import { oneOf, pair } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { poolModes } from "../words/pool-modes.ts";

export const adaptivePool = languageOp({
  doc: "Shares a map out into so many windows, and takes the average or maximum of each, as PyTorch's adaptive pools do.",
  usage: "adaptive_pool avg 7x7",
  elsewhere: [
    { names: ["adaptiveavgpool2d", "adaptiveaveragepooling2d"], written: "adaptive_pool avg 7x7" },
    { names: ["adaptivemaxpool2d", "adaptivemaxpooling2d"], written: "adaptive_pool max 7x7" },
  ],
  positional: {
    mode: required(oneOf(poolModes), "`avg` or `max`."),
    size: required(pair, "Rows and columns of the output, one number or [rows, columns]."),
  },
  attributes: {},
  make: ({ mode, size }): LayerParts<AdaptivePoolOp> => plainLayer({ op: "adaptive_pool", mode, size }),
});
