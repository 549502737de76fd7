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
  extentOf: `
/** How far a window of \`size\` taps, \`dilation\` apart, gets along \`extent\` pixels. */
function extentOf(extent‹: number›, size‹: number›, stride‹: number›, dilation‹: number›, padding‹: "same" | "valid"›)‹: number› {
  const first = padding === "same" ? extent : extent - (size - 1) * dilation;
  return Math.ceil(first / stride);
}
`,
  bilinearWeights: `
/** Row i: the shares of the input pixels in output pixel i, with half-pixel centres, clamped at the border. */
function bilinearWeights(extent‹: number›, factor‹: number›)‹: tf.Tensor› {
  const weights = tf.buffer([1, extent * factor, extent]);
  for (let i = 0; i < extent * factor; i++) {
    const position = Math.max((i + 0.5) / factor - 0.5, 0);
    const low = Math.floor(position);
    const high = Math.min(low + 1, extent - 1);
    weights.set(1 - (position - low), 0, i, low);
    weights.set(weights.get(0, i, high) + (position - low), 0, i, high);
  }
  return weights.toTensor();
}
`,
} as const satisfies Record<string, string>;

export type SupportName = keyof typeof supportSources;

/** What each needs itself. */
export const supportNeeds: Readonly<Partial<Record<SupportName, readonly SupportName[]>>> = {
  toInitializer: ["Initializer"],
};
