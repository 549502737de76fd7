import * as z from "zod";

/** Every activation of the language but `none`, which makes no node. */
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

/** Slope of `leaky_relu` below zero where a spec says nothing of it. */
export const usualSlope = 0.01;

/** The activation as a spec writes it; `leaky_relu` with its slope. */
export function formatActivation({ fn, alpha }: Activation): string {
  return fn === "leaky_relu" ? `${fn}(${alpha})` : fn;
}

/** Softmax looks at a whole axis, so no kernel can apply it to its own output element. */
export function isElementwise(activation: Activation): boolean {
  return activation.fn !== "softmax";
}
