import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, refused, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { channelsOf } from "../shape.ts";

const schema = z.strictObject({ op: z.literal("slice"), from: z.int().min(0), to: z.int().min(1) });
/** A range of the channels. */
export type SliceOp = z.infer<typeof schema>;

/** Channels `from <= i < to`. */
export const slice: OpDefinition<SliceOp> = {
  schema,
  infer(op, [input = []]) {
    const channels = channelsOf(input);
    if (op.from >= op.to || op.to > channels) {
      return refused(
        "shape/slice",
        `Channels ${op.from} to ${op.to} are not a range of the ${channels} input channels.`,
        `Use 0 <= from < to <= ${channels}.`,
      );
    }
    return shaped([...input.slice(0, -1), op.to - op.from]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ from, to }) => [`${from}..${to}`],
  label: ({ from, to }) => words("slice", from, to),
  work: "shape",
  secondMoment: sameMoment,
};
