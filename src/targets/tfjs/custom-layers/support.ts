import { resizeWeightsSource } from "../resize-weights.ts";

/** Types and functions that several custom layers share; each is emitted only where one of them needs it. */
export const supportSources = {
  LayerArgs: `
‹type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;›
`,
  Initializer: `
‹type Initializer = ReturnType<typeof tf.initializers.zeros>;›
`,
  single: `
/** The one tensor a layer is called with. */
function single(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
  return Array.isArray(inputs) ? inputs[0]‹ as tf.Tensor› : inputs;
}
`,
  pair: `
/** Rows and columns, from one number where they agree. */
function pair(value‹: number | [number, number]›)‹: [number, number]› {
  return typeof value === "number" ? [value, value] : value;
}
`,
  toInitializer: `
‹type InitializerLike = string | Initializer | { className: string; config: tf.serialization.ConfigDict };

›/** An initialiser from its name, or from what \`serialized\` made of it, or as it is. */
function toInitializer(value‹: InitializerLike›)‹: Initializer› {
  if (typeof value !== "string" && !("className" in value)) return value;
  const { className, config } =
    typeof value === "string" ? { className: value.charAt(0).toUpperCase() + value.slice(1), config: {} } : value;
  const registered = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (registered === undefined) throw new Error(\`There is no initializer "\${className}".\`);
  return registered[1](registered[0], config)‹ as Initializer›;
}

/** What \`getConfig\` stores of an initialiser. */
function serialized(initializer‹: Initializer›)‹: tf.serialization.ConfigDict› {
  return { className: initializer.getClassName(), config: initializer.getConfig() };
}
`,
  dilate: `
/** The kernel with zeros between its taps. tf.js can train that, at any stride, which it cannot with \`dilations\`. */
function dilate(kernel‹: tf.Tensor4D›, [rows, columns]‹: [number, number]›)‹: tf.Tensor4D› {
  const [height, width, channels, filters] = kernel.shape;
  const tall = tf.pad(tf.reshape(kernel, [height, 1, -1]), [[0, 0], [0, rows - 1], [0, 0]]);
  const wide = tf.pad(tf.reshape(tall, [height * rows, width, 1, -1]), [[0, 0], [0, 0], [0, columns - 1], [0, 0]]);
  const size‹: [number, number, number, number]› = [(height - 1) * rows + 1, (width - 1) * columns + 1, channels, filters];
  return tf.slice(tf.reshape(wide, [height * rows, width * columns, channels, filters]), [0, 0, 0, 0], size)‹ as tf.Tensor4D›;
}
`,
  dilatedConv: `
/** A convolution whose taps lie \`dilationRate\` pixels apart. tf.js itself neither trains that nor runs it at a stride. */
function dilatedConv(
  x‹: tf.Tensor4D›,
  kernel‹: tf.Tensor4D›,
  strides‹: [number, number]›,
  padding‹: "same" | "valid"›,
  dilationRate‹: [number, number]›,
  depthwise = false,
)‹: tf.Tensor› {
  const convolution = depthwise ? tf.depthwiseConv2d : tf.conv2d;
  const convolve = tf.customGrad((map, taps, save) => {
    ‹(›save‹ as (tensors: tf.Tensor[]) => void)›([map‹ as tf.Tensor›, taps‹ as tf.Tensor›]);
    return {
      value: convolution(map‹ as tf.Tensor4D›, taps‹ as tf.Tensor4D›, 1, "valid", "NHWC", dilationRate),
      gradFunc: (dy, saved) => dilatedGradients(dy‹ as tf.Tensor4D›, saved‹ as tf.Tensor4D[]›, dilationRate, depthwise),
    };
  });
  const [rows, columns] = [0, 1].map((axis) => {
    const extent = x.shape[axis + 1]‹!›;
    const span = (kernel.shape[axis]‹!› - 1) * dilationRate[axis]‹!› + 1;
    const last = (Math.ceil(extent / strides[axis]‹!›) - 1) * strides[axis]‹!›;
    const missing = padding === "same" ? Math.max(last + span - extent, 0) : 0;
    return [Math.floor(missing / 2), Math.ceil(missing / 2)]‹ as [number, number]›;
  });
  return everyNth(convolve(tf.pad(x, [[0, 0], rows‹!›, columns‹!›, [0, 0]]), kernel)‹ as tf.Tensor4D›, strides);
}

/** Every so many rows and columns of a map, from the first. */
function everyNth(map‹: tf.Tensor4D›, [rows, columns]‹: [number, number]›)‹: tf.Tensor› {
  if (rows === 1 && columns === 1) return map;
  const [batch, height, width, channels] = map.shape;
  const [tall, wide] = [Math.ceil(height / rows), Math.ceil(width / columns)];
  const whole = tf.pad(map, [[0, 0], [0, tall * rows - height], [0, wide * columns - width], [0, 0]]);
  const lines = tf.slice(tf.reshape(whole, [batch * tall, rows, wide * columns, channels]), 0, [-1, 1, -1, -1]);
  const points = tf.slice(tf.reshape(lines, [batch * tall, wide, columns, channels]), 0, [-1, -1, 1, -1]);
  return tf.reshape(points, [batch, tall, wide, channels]);
}

/** The gradients of the map and of the kernel, tap by tap: each tap is a 1x1 convolution of a shifted part of the map. */
function dilatedGradients(
  slopes‹: tf.Tensor4D›,
  [map, kernel]‹: tf.Tensor4D[]›,
  [down, across]‹: [number, number]›,
  depthwise‹: boolean›,
)‹: tf.Tensor[]› {
  const [batch, height, width] = slopes.shape;
  const [rows, columns, channels, multiplier] = kernel‹!›.shape;
  const dy = tf.reshape(slopes, depthwise ? [-1, channels, multiplier] : [-1, multiplier]);
  const taps‹: tf.Tensor[]› = [];
  let ofMap‹: tf.Tensor› = tf.zerosLike(map‹!›);
  for (let tap = 0; tap < rows * columns; tap++) {
    const [row, column] = [Math.floor(tap / columns), tap % columns];
    const [top, left] = [row * down, column * across];
    taps.push(
      tf.tidy(() => {
        const part = tf.slice(map‹!›, [0, top, left, 0], [batch, height, width, channels]);
        if (depthwise) return tf.sum(tf.mul(tf.reshape(part, [-1, channels, 1]), dy), 0);
        return tf.matMul(tf.reshape(part, [-1, channels]), dy‹ as tf.Tensor2D›, true);
      }),
    );
    const sum = tf.tidy(() => {
      const weights = tf.reshape(tf.slice(kernel‹!›, [row, column, 0, 0], [1, 1, -1, -1]), [channels, multiplier]);
      const part = depthwise ? tf.sum(tf.mul(dy, weights), 2) : tf.matMul(dy‹ as tf.Tensor2D›, weights, false, true);
      const [below, right] = [map‹!›.shape[1]‹!› - height - top, map‹!›.shape[2]‹!› - width - left];
      const placed = tf.pad(tf.reshape(part, [batch, height, width, channels]), [[0, 0], [top, below], [left, right], [0, 0]]);
      return tf.add(ofMap, placed);
    });
    ofMap.dispose();
    ofMap = sum;
  }
  return [ofMap, tf.reshape(tf.stack(taps), kernel‹!›.shape)];
}
`,
  extentOf: `
/** How far a window of \`size\` taps, \`dilation\` apart, gets along \`extent\` pixels. */
function extentOf(extent‹: number›, size‹: number›, stride‹: number›, dilation‹: number›, padding‹: "same" | "valid"›)‹: number› {
  const first = padding === "same" ? extent : extent - (size - 1) * dilation;
  return Math.ceil(first / stride);
}
`,
  resizeWeights: resizeWeightsSource,
} as const satisfies Record<string, string>;

export type SupportName = keyof typeof supportSources;

/** The support that each piece of support needs. */
export const supportNeeds: Readonly<Partial<Record<SupportName, readonly SupportName[]>>> = {
  toInitializer: ["Initializer"],
};
