import * as z from "zod";

/** All activations without weights, except `none`, which makes no node. A spec writes `gelu_tanh` as `gelu(tanh)`. */
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

/** The activations in which each element of the result depends on the whole axis. */
export type AxisActivation = "softmax" | "log_softmax";
/** The activations that read one element at a time. */
export type ElementwiseActivation = Exclude<ActivationName, AxisActivation>;

/**
 * A function of the value before it. `alpha` is the slope of `leaky_relu` below zero. For `elu`, -alpha is the lower
 * limit. Other functions do not read it.
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

/** Returns true for an activation that is element-wise, so that a kernel can apply it to each output element. */
export function isElementwise({ fn }: Activation): boolean {
  return !isOverAxis(fn);
}

/** E[f(x)^2] for a standard normal x, with enough precision to scale random kernels. */
export const activationMoments: Readonly<Record<ActivationName, number>> = {
  relu: 0.5,
  relu6: 0.5,
  leaky_relu: 0.5,
  elu: 0.65,
  selu: 1,
  softplus: 0.92,
  swish: 0.36,
  mish: 0.4,
  hswish: 0.34,
  sigmoid: 0.29,
  hsigmoid: 0.28,
  tanh: 0.39,
  gelu: 0.43,
  gelu_tanh: 0.43,
  softmax: 0.01,
  // For about ten channels.
  log_softmax: 7,
};
