import * as z from "zod";
import { noMacs, noWeights, shaped, type OpDefinition } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { asMap } from "../shape.ts";
import { pooledMoment } from "./pooled-moment.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("global_pool"), mode: z.enum(["avg", "max"]) });
/** The average or maximum of each channel over the whole map, as a 1x1xC map. */
export type GlobalPoolOp = z.infer<typeof schema>;

/** Average or maximum of the whole map; the result is 1x1xC. */
export const globalPool: OpDefinition<GlobalPoolOp> = {
  schema,
  infer(_op, [input = []]) {
    const map = asMap(input);
    return map === null ? wantsMap("pool", input) : shaped([1, 1, map.c]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ mode }) => [mode],
  label: ({ mode }) => words("pool", mode, "global"),
  work: "pool",
  secondMoment: ({ mode }, [first = 1]) => pooledMoment(mode, first),
};
