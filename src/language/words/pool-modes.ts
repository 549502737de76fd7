import type { PoolOp } from "../../ir/ops/pool.ts";
import { word, type Word } from "../argument.ts";

/** What a pool takes of its window. */
export const poolModes = {
  avg: word("The average; padding is not counted where nothing is said.", ["average", "mean"]),
  max: word("The maximum.", ["maximum"]),
} as const satisfies Record<PoolOp["mode"], Word>;
