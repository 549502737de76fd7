import type { Initializer } from "../../ir/initializer.ts";
import type { Value } from "../source-plan/value.ts";

/** Returns the tf.js initialiser for the kernel of a conv or dense layer, or for a bias. */
export function initializerValue(init: Initializer): Value {
  switch (init.kind) {
    case "zeros":
    case "ones":
      return { initializer: init.kind, settings: {} };
    case "constant":
      return { initializer: "constant", settings: { value: init.value } };
    // tf.js treats a standard deviation of 0 as missing and uses 0.05.
    case "normal":
      return spread("randomNormal", init.stddev);
    case "truncated_normal":
      return spread("truncatedNormal", init.stddev);
    case "he_normal":
      return { initializer: "heNormal", settings: {} };
    case "he_uniform":
      return { initializer: "heUniform", settings: {} };
    case "glorot_normal":
      return { initializer: "glorotNormal", settings: {} };
    case "glorot_uniform":
      return { initializer: "glorotUniform", settings: {} };
  }
}

/** Returns the initialiser for a depthwise kernel. Each output of a depthwise reads one channel. */
export function depthwiseInitializerValue(init: Initializer): Value {
  switch (init.kind) {
    case "he_normal":
    case "he_uniform":
    case "glorot_normal":
    case "glorot_uniform":
      return { depthwise: init.kind };
    default:
      return initializerValue(init);
  }
}

function spread(initializer: string, stddev: number): Value {
  return stddev === 0 ? { initializer: "zeros", settings: {} } : { initializer, settings: { stddev } };
}

/**
 * Functions of modules with a depthwise layer that scales by its fans. The fan-in is the window, and the fan-out is the
 * window times the multiplier. A truncated normal keeps 0.8796 of its deviation, so it is divided by that, as in Keras.
 */
export const depthwiseInitializerSources = {
  he_normal: {
    name: "depthwiseHeNormal",
    source: `
/** He et al. 2015, over the window alone: tf.js would count every channel of a depthwise kernel. */
function depthwiseHeNormal(kernelSize‹: number | [number, number]›) {
  return tf.initializers.truncatedNormal({ stddev: Math.sqrt(2 / windowArea(kernelSize)) / 0.8796 });
}
`,
  },
  he_uniform: {
    name: "depthwiseHeUniform",
    source: `
/** He et al. 2015, over the window alone: tf.js would count every channel of a depthwise kernel. */
function depthwiseHeUniform(kernelSize‹: number | [number, number]›) {
  const limit = Math.sqrt(6 / windowArea(kernelSize));
  return tf.initializers.randomUniform({ minval: -limit, maxval: limit });
}
`,
  },
  glorot_normal: {
    name: "depthwiseGlorotNormal",
    source: `
/** Glorot and Bengio 2010, over the window alone: tf.js would count every channel of a depthwise kernel. */
function depthwiseGlorotNormal(kernelSize‹: number | [number, number]›, multiplier = 1) {
  const stddev = Math.sqrt(2 / (windowArea(kernelSize) * (1 + multiplier))) / 0.8796;
  return tf.initializers.truncatedNormal({ stddev });
}
`,
  },
  glorot_uniform: {
    name: "depthwiseGlorotUniform",
    source: `
/** Glorot and Bengio 2010, over the window alone: tf.js would count every channel of a depthwise kernel. */
function depthwiseGlorotUniform(kernelSize‹: number | [number, number]›, multiplier = 1) {
  const limit = Math.sqrt(6 / (windowArea(kernelSize) * (1 + multiplier)));
  return tf.initializers.randomUniform({ minval: -limit, maxval: limit });
}
`,
  },
} as const;

export const windowAreaSource = `
/** Taps of a window. */
function windowArea(kernelSize‹: number | [number, number]›)‹: number› {
  return typeof kernelSize === "number" ? kernelSize ** 2 : kernelSize[0] * kernelSize[1];
}
`;
