import * as z from "zod";
import { formatInitializer, initializerSchema } from "../initializer.ts";
import { noMacs, shaped, type OpDefinition } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { channelsOf } from "../shape.ts";

const schema = z.strictObject({
  op: z.literal("shift"),
  /** The amount that is added to every channel; null if each channel learns its own amount. */
  amount: z.number().nullable(),
  /** Initialiser of learned amounts. A constant amount does not use it. */
  init: initializerSchema,
});
export type ShiftOp = z.infer<typeof schema>;

/** The default initialiser of learned amounts. */
export const shiftUsual = { init: { kind: "zeros" } } as const satisfies Partial<ShiftOp>;

/** Adds an amount to every channel, learned (the beta of ResMLP's affine layer, Touvron et al. 2021) or constant. */
export const shift: OpDefinition<ShiftOp> = {
  schema,
  infer: (_op, [input = []]) => shaped(input),
  weights: ({ amount, init }, [input = []]) =>
    amount === null ? [{ name: "beta", shape: [channelsOf(input)], trainable: true, init }] : [],
  macs: noMacs,
  settings: ({ amount, init }) => [amount === null ? `init=${formatInitializer(init)}` : `amount=${amount}`],
  label: ({ amount }) => words("shift", amount ?? "learned"),
  work: "shape",
  secondMoment: ({ amount }, [first = 1]) => first + (amount ?? 0) ** 2,
};
