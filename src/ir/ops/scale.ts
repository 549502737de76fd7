import * as z from "zod";
import { formatInitializer, initializerSchema } from "../initializer.ts";
import { noMacs, shaped, type OpDefinition } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { channelsOf } from "../shape.ts";

const schema = z.strictObject({
  op: z.literal("scale"),
  /** Factor of every channel; null where each channel learns its own. */
  factor: z.number().nullable(),
  /** Initialiser of learned factors. A constant factor does not use it. */
  init: initializerSchema,
});
export type ScaleOp = z.infer<typeof schema>;

/** The default initialiser of learned factors. It is near 0, so that a residual block starts near the identity. */
export const scaleUsual = { init: { kind: "constant", value: 1e-6 } } as const satisfies Partial<ScaleOp>;

/** Multiplies every channel by a factor, learned (LayerScale, Touvron et al. 2021) or constant. */
export const scale: OpDefinition<ScaleOp> = {
  schema,
  infer: (_op, [input = []]) => shaped(input),
  weights: ({ factor, init }, [input = []]) =>
    factor === null ? [{ name: "gamma", shape: [channelsOf(input)], trainable: true, init }] : [],
  macs: noMacs,
  settings: ({ factor, init }) => [factor === null ? `init=${formatInitializer(init)}` : `factor=${factor}`],
  label: ({ factor }) => words("scale", factor ?? "learned"),
  work: "shape",
  secondMoment: ({ factor }, [first = 1]) => first * (factor ?? 1) ** 2,
};
