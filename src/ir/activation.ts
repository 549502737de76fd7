import * as z from "zod";

/** Every activation of the language but `none`, which leaves no node behind. */
export const activationNames = [
  "relu",
  "relu6",
  "leaky_relu",
  "swish",
  "hswish",
  "sigmoid",
  "hsigmoid",
  "tanh",
  "gelu",
  "softmax",
] as const;
export type ActivationName = (typeof activationNames)[number];

/** A function applied to each element; `alpha` is the slope of `leaky_relu` below zero. */
export const activationSchema = z.strictObject({
  fn: z.enum(activationNames),
  alpha: z.number(),
});
export type Activation = z.infer<typeof activationSchema>;

/** Softmax looks at a whole axis, so no kernel can apply it to its own output element. */
export function isElementwise(activation: Activation): boolean {
  return activation.fn !== "softmax";
}
