import * as z from "zod";

/** Every activation without weights but `none`, which makes no node. `gelu_tanh` is written `gelu(tanh)`. */
export const activationNames = [
  "relu",
  "relu6",
  "leaky_relu",
  "elu",
  "selu",
  "softplus",
  "swish",
  "mish",
  "hswish",
  "sigmoid",
  "hsigmoid",
  "tanh",
  "gelu",
  "gelu_tanh",
  "softmax",
  "log_softmax",
] as const;
export type ActivationName = (typeof activationNames)[number];

/** The activations whose elements depend on all others of their axis. */
export type AxisActivation = "softmax" | "log_softmax";
/** The activations that read one element at a time. */
export type ElementwiseActivation = Exclude<ActivationName, AxisActivation>;

/**
 * A function of the value before it. `alpha` is the slope of `leaky_relu` below zero, and what `elu` falls to (-alpha); the
 * other functions do not read it.
 */
export const activationSchema = z.strictObject({
  fn: z.enum(activationNames),
  alpha: z.number(),
});
export type Activation = z.infer<typeof activationSchema>;

/** Slope of `leaky_relu` below zero if a spec does not give one. */
export const usualSlope = 0.01;
/** The alpha of `elu` if a spec does not give one. */
export const usualEluAlpha = 1;

/** Returns the activation as a spec writes it: `leaky_relu` and `elu` with their alpha. */
export function formatActivation({ fn, alpha }: Activation): string {
  if (fn === "gelu_tanh") return "gelu(tanh)";
  return fn === "leaky_relu" || fn === "elu" ? `${fn}(${alpha})` : fn;
}

/** Tells whether a function reads a whole axis, so that no kernel can apply it to its own output element. */
export function isOverAxis(fn: ActivationName): fn is AxisActivation {
  return fn === "softmax" || fn === "log_softmax";
}

/** Tells whether a kernel can apply an activation to its own output element. */
export function isElementwise({ fn }: Activation): boolean {
  return !isOverAxis(fn);
}
