/** What the words that stand for themselves mean, in a line each. A test holds the keys against the language's own list. */
export const symbolDocs: Readonly<Record<string, string>> = {
  relu: "max(x, 0).",
  relu6: "min(max(x, 0), 6).",
  leaky_relu: "x above 0, alpha * x below.",
  swish: "x * sigmoid(x). Ramachandran et al. 2017; also SiLU.",
  hswish: "x * relu6(x + 3) / 6. Howard et al. 2019.",
  sigmoid: "1 / (1 + exp(-x)).",
  hsigmoid: "relu6(x + 3) / 6.",
  tanh: "Hyperbolic tangent.",
  gelu: "x * Φ(x), exact. Hendrycks and Gimpel 2016.",
  softmax: "exp(x) over its sum along the last axis.",
  none: "Nothing: no norm, or the value as it is.",
  auto: "Decided by the compiler: a bias where no norm follows, a residual where input and output can be added.",
  always: "The input is added to the output; an error where it cannot be.",
  never: "The input is not added to the output.",
  same: "TensorFlow's padding: output extents are input extents over the stride, rounded up; the odd pixel goes to the bottom and right.",
  valid: "No padding.",
  torch: "PyTorch's usual padding: floor(dilation * (kernel - 1) / 2) on each side.",
  avg: "The average; padding is not counted.",
  max: "The maximum.",
  batch:
    "Batch norm, with settings eps=1e-3, momentum=0.99 (the share of the old average kept), scale=true and center=true.",
  nearest: "Each value is repeated.",
  bilinear: "Between neighbours values change in a line, with half-pixel centres.",
  zeros: "All 0.",
  ones: "All 1.",
  constant: "All of one value: constant(0.1).",
  normal: "Normal with mean 0: normal(0.02).",
  truncated_normal: "Normal with mean 0, within two standard deviations: truncated_normal(0.02).",
  he_normal: "Truncated normal of variance 2 / fan in. He et al. 2015.",
  he_uniform: "Uniform of variance 2 / fan in. He et al. 2015.",
  glorot_normal: "Truncated normal of variance 2 / (fan in + fan out). Glorot and Bengio 2010.",
  glorot_uniform: "Uniform of variance 2 / (fan in + fan out). Glorot and Bengio 2010.",
};

/** The functions of the language, as they are called. */
export const functionDocs: Readonly<Record<string, { readonly usage: string; readonly doc: string }>> = {
  divisible: {
    usage: "divisible(x, by, limit = 0.9)",
    doc: "The multiple of `by` nearest to x, at least `by`, and the next one where less than `limit` of x would be left: how MobileNets round channels.",
  },
  min: { usage: "min(a, b, …)", doc: "The smallest." },
  max: { usage: "max(a, b, …)", doc: "The largest." },
  floor: { usage: "floor(x)", doc: "The whole number at or below x." },
  ceil: { usage: "ceil(x)", doc: "The whole number at or above x." },
  round: { usage: "round(x)", doc: "The nearest whole number; a half goes up." },
  select: { usage: "select(condition, a, b)", doc: "a where the condition is true, else b. Values of any kind." },
};

/** Keys that belong to no op or parameter. */
export const keyDocs = {
  block: {
    n: "How often the row repeats; 1 where nothing is said. `first` parameters apply to the first repeat only.",
    residual: "`auto`, `always` or `never`: whether the block's input is added to its output.",
  },
  network: {
    family: "The family that lint compares the network with.",
    labels: "Class names: a list, or a text file beside the spec, one a line.",
  },
  input: {
    mean: "Taken from pixels 0 to 255: one number, or one a channel.",
    std: "What pixels are divided by, the mean taken off: one number, or one a channel.",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export const metricDocs = {
  params: "Trainable weights of the network.",
  macs: "Multiply-adds of one image; convs and dense layers are counted.",
  memory: "Most bytes of activations alive at once, in float32.",
} as const;
