import * as z from "zod";
import { noMacs, noWeights, shaped, type OpDefinition } from "../op-definition.ts";
import { asMap } from "../shape.ts";
import { pairSchema } from "../window.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("upsample"),
  factor: pairSchema,
  mode: z.enum(["nearest", "bilinear"]),
});
/** A map enlarged by whole factors, by nearest neighbour or bilinearly. */
export type UpsampleOp = z.infer<typeof schema>;

/** Enlarges a map by whole factors; `bilinear` uses half-pixel centres and clamps at the border. */
export const upsample: OpDefinition<UpsampleOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("upsample", input);
    return shaped([map.h * op.factor[0], map.w * op.factor[1], map.c]);
  },
  weights: noWeights,
  macs: noMacs,
};
