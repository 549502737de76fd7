import type { GlobalPoolOp } from "../../ir/ops/global-pool.ts";
import type { PoolOp } from "../../ir/ops/pool.ts";
import { defaulted, optional, required } from "../argument.ts";
import { boolean, oneOf, padding, pair } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { poolModes } from "../words/pool-modes.ts";

/** What is said of an attribute that only a window has. */
function windowOnly(key: string) {
  return {
    argument: "kernel",
    message: `A pool without a kernel is global, and has no "${key}".`,
    hint: `Give it a kernel, "pool max 2 stride=2", or leave the ${key} out.`,
  };
}

export const pool = languageOp({
  doc: "Average or maximum over a window; without a kernel over the whole map, to 1x1xC.",
  usage: "pool max 3x3 stride=2",
  elsewhere: [
    { names: ["maxpool", "maxpooling", "maxpool2d", "maxpooling2d"], written: "pool max 2" },
    { names: ["avgpool", "averagepooling", "avgpool2d", "averagepooling2d"], written: "pool avg 2" },
    {
      names: ["gap", "globalpool", "globalavgpool", "globalaveragepooling", "globalaveragepooling2d"],
      written: "pool avg",
    },
  ],
  positional: {
    mode: required(oneOf(poolModes), "`avg` or `max`."),
    kernel: optional(pair, "Extents of the window; none for the whole map."),
  },
  attributes: {
    stride: optional(pair, "Steps of the window; the kernel where nothing is said.", { needs: windowOnly("stride") }),
    padding: defaulted(padding, "valid", "As a conv's.", { needs: windowOnly("padding") }),
    count_padding: defaulted(boolean, false, "Whether an average divides by the whole window, as PyTorch's does.", {
      elsewhere: ["countincludepad"],
      needs: {
        argument: "mode",
        words: ["avg"],
        message: 'A maximum never counts padding, and has no "count_padding".',
        hint: "Leave the count_padding out.",
      },
    }),
    ceil: defaulted(boolean, false, "Whether a last window may reach beyond the padding: PyTorch's ceil_mode.", {
      elsewhere: ["ceilmode"],
      needs: windowOnly("ceil"),
    }),
  },
  make: ({ mode, kernel, stride, padding, count_padding: countPadding, ceil }): LayerParts<PoolOp | GlobalPoolOp> =>
    plainLayer<PoolOp | GlobalPoolOp>(
      kernel === null
        ? { op: "global_pool", mode }
        : { op: "pool", mode, kernel, stride: stride ?? kernel, dilation: [1, 1], padding, countPadding, ceil },
    ),
});
