import * as z from "zod";
import { noMacs, noSettings, noWeights, type OpDefinition, ownName, shaped } from "../op-definition.ts";

const extent = z.int().min(1);
/** Height, width and channels of a map, or the length of a vector. */
export const extentsSchema = z.union([z.tuple([extent, extent, extent]).readonly(), z.tuple([extent]).readonly()]);

const schema = z.strictObject({ op: z.literal("input"), extents: extentsSchema });
/** The input of the network; always the first node. */
export type InputOp = z.infer<typeof schema>;

/** The image, NHWC float32, as the network sees it (already normalised); or a vector. */
export const input: OpDefinition<InputOp> = {
  schema,
  infer: (op) => shaped(op.extents),
  weights: noWeights,
  macs: noMacs,
  settings: noSettings,
  label: ownName,
  work: "terminal",
  // Pixels are uniform over [-1, 1].
  secondMoment: () => 1 / 3,
};
