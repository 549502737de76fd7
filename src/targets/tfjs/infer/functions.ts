import { resizeWeightsSource } from "../resize-weights.ts";

/** Functions of the inference module, as annotated source. A function is emitted only if the network calls it. */
export const functionSources = {
  conv: `
/** Convolution, bias and activation: one kernel. */
function conv(x‹: tf.Tensor4D›, weights‹: Weights›, name‹: string›, options‹: ConvOptions› = {})‹: tf.Tensor4D› {
  return tf.fused.conv2d({
    x,
    filter: weights.get(\`\${name}/kernel\`)‹ as tf.Tensor4D›,
    bias: weights.get(\`\${name}/bias\`),
    strides: 1,
    pad: "same",
    ...options,
  });
}
`,
  groupedConv: `
/** As \`conv\`, each group of channels on its own. */
function groupedConv(
  x‹: tf.Tensor4D›,
  weights‹: Weights›,
  name‹: string›,
  { groups, ...options }‹: ConvOptions & { groups: number }›,
)‹: tf.Tensor4D› {
  const xs = tf.split‹<tf.Tensor4D>›(x, groups, 3);
  const filters = tf.split‹<tf.Tensor4D>›(weights.get(\`\${name}/kernel\`)‹ as tf.Tensor4D›, groups, 3);
  const bias = weights.get(\`\${name}/bias\`);
  const biases = bias ? tf.split(bias, groups) : [];
  return tf.concat(
    xs.map((group, i) =>
      tf.fused.conv2d({ x: group, filter: filters[i]‹!›, bias: biases[i], strides: 1, pad: "same", ...options }),
    ),
    3,
  );
}
`,
  transposedConv: `
‹interface TransposedConvOptions {
  shape: [number, number, number];
  strides: [number, number];
  pad: "valid" | tf.backend_util.ExplicitPadding;
  groups?: number;
  beyond?: [number, number];
}

›/** Transposed convolution and bias; \`beyond\` counts rows and columns after the last that a window can reach. */
function transposedConv(
  x‹: tf.Tensor4D›,
  weights‹: Weights›,
  name‹: string›,
  { shape: [height, width, filters], strides, pad, groups = 1, beyond = [0, 0] }‹: TransposedConvOptions›,
)‹: tf.Tensor4D› {
  const kernels = tf.split‹<tf.Tensor4D>›(weights.get(\`\${name}/kernel\`)‹ as tf.Tensor4D›, groups, 3);
  const size‹: [number, number, number, number]› = [x.shape[0], height, width, filters / groups];
  const parts = tf
    .split‹<tf.Tensor4D>›(x, groups, 3)
    .map((group, i) => tf.conv2dTranspose(group, kernels[i]‹!›, size, strides, pad));
  const whole = tf.pad(tf.concat(parts, 3), [[0, 0], [0, beyond[0]], [0, beyond[1]], [0, 0]]);
  const bias = weights.get(\`\${name}/bias\`);
  return bias ? tf.add(whole, bias) : whole;
}
`,
  depthwise: `
/** Depthwise convolution, bias and activation: one kernel. */
function depthwise(x‹: tf.Tensor4D›, weights‹: Weights›, name‹: string›, options‹: ConvOptions› = {})‹: tf.Tensor4D› {
  return tf.fused.depthwiseConv2d({
    x,
    filter: weights.get(\`\${name}/kernel\`)‹ as tf.Tensor4D›,
    bias: weights.get(\`\${name}/bias\`),
    strides: 1,
    ...options,
    pad: (options.pad ?? "same")‹ as "same"›, ‹// tf.js's types know words only, its kernels also take rows and columns›
  });
}
`,
  dense: `
‹interface DenseOptions {
  activation?: tf.fused.Activation;
  leakyreluAlpha?: number;
}

›/** Matrix product, bias and activation: one kernel. */
function dense(x‹: tf.Tensor2D›, weights‹: Weights›, name‹: string›, options‹: DenseOptions› = {})‹: tf.Tensor2D› {
  return tf.fused.matMul({
    a: x,
    b: weights.get(\`\${name}/kernel\`)‹ as tf.Tensor2D›,
    bias: weights.get(\`\${name}/bias\`),
    ...options,
  })‹ as tf.Tensor2D›;
}
`,
  scaleAndShift: `
/** A batch norm that no convolution could take in. */
function scaleAndShift‹<T extends tf.Tensor>›(x‹: T›, weights‹: Weights›, name‹: string›)‹: T› {
  const [scale, shift] = [weights.get(\`\${name}/scale\`), weights.get(\`\${name}/shift\`)];
  return tf.add(tf.mul(x, scale‹ as tf.Tensor›), shift‹ as tf.Tensor›);
}
`,
  scaleChannels: `
/** A learned factor for each channel. */
function scaleChannels‹<T extends tf.Tensor>›(x‹: T›, weights‹: Weights›, name‹: string›)‹: T› {
  return tf.mul(x, weights.get(\`\${name}/gamma\`)‹ as tf.Tensor›);
}
`,
  shiftChannels: `
/** A learned amount that each channel gains. */
function shiftChannels‹<T extends tf.Tensor>›(x‹: T›, weights‹: Weights›, name‹: string›)‹: T› {
  return tf.add(x, weights.get(\`\${name}/beta\`)‹ as tf.Tensor›);
}
`,
  prelu: `
/** Multiplies what is below 0 by a learned slope of its channel. He et al. 2015. */
function prelu‹<T extends tf.Tensor>›(x‹: T›, weights‹: Weights›, name‹: string›)‹: T› {
  return tf.prelu(x, weights.get(\`\${name}/alpha\`)‹ as T›);
}
`,
  responseNorm: `
/** Scales each channel by its length over the pixels, as a share of the mean length. Woo et al. 2023. */
function responseNorm(x‹: tf.Tensor4D›, weights‹: Weights›, name‹: string›, epsilon‹: number›)‹: tf.Tensor4D› {
  const lengths = tf.sqrt(tf.sum(tf.square(x), [1, 2], true));
  const share = tf.div(lengths, tf.add(tf.mean(lengths, 3, true), epsilon));
  const scaled = tf.mul(tf.mul(x, share), weights.get(\`\${name}/gamma\`)‹ as tf.Tensor›);
  return tf.add(tf.add(scaled, weights.get(\`\${name}/beta\`)‹ as tf.Tensor›), x);
}
`,
  layerNorm: `
/** Normalises the channels of each pixel. Ba et al. 2016. */
function layerNorm‹<T extends tf.Tensor>›(x‹: T›, weights‹: Weights›, name‹: string›, epsilon‹: number›)‹: T› {
  const centered = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centered), -1, true);
  return scaledAndShifted(tf.mul(centered, tf.rsqrt(tf.add(variance, epsilon))), weights, name);
}
`,
  rmsNorm: `
/** Divides the channels of each pixel by the root of their mean square. Zhang and Sennrich 2019. */
function rmsNorm‹<T extends tf.Tensor>›(x‹: T›, weights‹: Weights›, name‹: string›, epsilon‹: number›)‹: T› {
  const square = tf.mean(tf.square(x), -1, true);
  return scaledAndShifted(tf.mul(x, tf.rsqrt(tf.add(square, epsilon))), weights, name);
}
`,
  groupNorm: `
/** Normalises groups of channels, \`cells\` is [pixels, groups, channels of a group]. Wu and He 2018. */
function groupNorm‹<T extends tf.Tensor>›(
  x‹: T›,
  weights‹: Weights›,
  name‹: string›,
  epsilon‹: number›,
  cells‹: number[]›,
)‹: T› {
  const grouped = tf.reshape(x, [-1, ...cells]);
  const centered = tf.sub(grouped, tf.mean(grouped, [1, 3], true));
  const variance = tf.mean(tf.square(centered), [1, 3], true);
  const normalized = tf.reshape(tf.mul(centered, tf.rsqrt(tf.add(variance, epsilon))), x.shape)‹ as T›;
  return scaledAndShifted(normalized, weights, name);
}
`,
  scaledAndShifted: `
/** What a norm has learned, as far as it has a gamma and a beta. */
function scaledAndShifted‹<T extends tf.Tensor>›(x‹: T›, weights‹: Weights›, name‹: string›)‹: T› {
  const [gamma, beta] = [weights.get(\`\${name}/gamma\`), weights.get(\`\${name}/beta\`)];
  const scaled = gamma ? tf.mul‹<T>›(x, gamma) : x;
  return beta ? tf.add‹<T>›(scaled, beta) : scaled;
}
`,
  channelShuffle: `
/** Channels seen as [groups, channels / groups], transposed. Zhang et al. 2018. */
function channelShuffle(x‹: tf.Tensor4D›, groups‹: number›)‹: tf.Tensor4D› {
  const grouped = tf.reshape(x, [-1, groups, x.shape[3] / groups]);
  return tf.reshape(tf.transpose(grouped, [0, 2, 1]), x.shape);
}
`,
  adaptivePool: `
/** Average or maximum of the windows that share a map out into rows and columns. */
function adaptivePool(x‹: tf.Tensor4D›, reduce‹: typeof tf.mean | typeof tf.max›, size‹: [number, number]›)‹: tf.Tensor4D› {
  return size.reduce((map, count, i) => {
    const axis = i + 1;
    const extent = map.shape[axis]‹!›;
    const windows = Array.from({ length: count }, (_, at) => {
      const begin = Math.floor((at * extent) / count);
      const length = Math.ceil(((at + 1) * extent) / count) - begin;
      const from = axis === 1 ? [0, begin, 0, 0] : [0, 0, begin, 0];
      return reduce‹<tf.Tensor4D>›(tf.slice(map, from, axis === 1 ? [-1, length, -1, -1] : [-1, -1, length, -1]), axis, true);
    });
    return tf.concat(windows, axis);
  }, x);
}
`,
  resizeMap: `
/** A map with other extents, as two matrix products. */
function resizeMap(
  x‹: tf.Tensor4D›,
  [rows, columns]‹: [number, number]›,
  mode‹: string›,
  coordinates‹: string›,
)‹: tf.Tensor4D› {
  const [batch, height, width, channels] = x.shape;
  const tall = tf.matMul(
    resizeWeights(height, rows, mode, coordinates),
    tf.reshape(x, [batch, height, width * channels]),
  );
  const lines = tf.reshape(tall, [batch * rows, width, channels]);
  const wide = tf.matMul(resizeWeights(width, columns, mode, coordinates), lines);
  return tf.reshape(wide, [batch, rows, columns, channels]);
}
`,
  resizeWeights: resizeWeightsSource,
  replicatePad: `
/** The map with its border pixels repeated around it. */
function replicatePad(x‹: tf.Tensor4D›, [top, bottom, left, right]‹: number[]›)‹: tf.Tensor4D› {
  const places = (before‹: number›, extent‹: number›, after‹: number›) =>
    tf.clipByValue(tf.range(-before, extent + after, 1, "int32"), 0, extent - 1);
  const tall = tf.gather(x, places(top‹!›, x.shape[1], bottom‹!›), 1);
  return tf.gather(tall, places(left‹!›, x.shape[2], right‹!›), 2);
}
`,
  swish: `
/** x * sigmoid(x). */
function swish‹<T extends tf.Tensor>›(x‹: T›)‹: T› {
  return tf.mul(x, tf.sigmoid(x));
}
`,
  hardSigmoid: `
/** relu6(x + 3) / 6. Howard et al. 2019. */
function hardSigmoid‹<T extends tf.Tensor>›(x‹: T›)‹: T› {
  return tf.div(tf.relu6(tf.add(x, 3)), 6);
}
`,
  hardSwish: `
/** x * relu6(x + 3) / 6. Howard et al. 2019. */
function hardSwish‹<T extends tf.Tensor>›(x‹: T›)‹: T› {
  return tf.div(tf.mul(x, tf.relu6(tf.add(x, 3))), 6);
}
`,
  gelu: `
/** x * Phi(x). Hendrycks and Gimpel 2016. */
function gelu‹<T extends tf.Tensor>›(x‹: T›)‹: T› {
  return tf.mul(x, tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5));
}
`,
  tanhGelu: `
/** The approximation of gelu by a tanh. Hendrycks and Gimpel 2016. */
function tanhGelu‹<T extends tf.Tensor>›(x‹: T›)‹: T› {
  const bent = tf.add(x, tf.mul(tf.mul(x, tf.square(x)), 0.044715));
  return tf.mul(x, tf.mul(tf.add(tf.tanh(tf.mul(bent, Math.sqrt(2 / Math.PI))), 1), 0.5));
}
`,
  mish: `
/** x * tanh(softplus(x)). Misra 2019. */
function mish‹<T extends tf.Tensor>›(x‹: T›)‹: T› {
  return tf.mul(x, tf.tanh(tf.softplus(x)));
}
`,
  scaledElu: `
/** x above 0, alpha * (exp(x) - 1) below. */
function scaledElu‹<T extends tf.Tensor>›(x‹: T›, alpha‹: number›)‹: T› {
  return tf.add(tf.mul(tf.elu(x), alpha), tf.mul(tf.relu(x), 1 - alpha));
}
`,
} as const satisfies Record<string, string>;

export type FunctionName = keyof typeof functionSources;

/** The parts that every inference module has. */
export const typesSource = `
‹type Weights = ReadonlyMap<string, tf.Tensor>;
›`;

/** The parameters that all three kinds of conv share. */
export const convOptionsSource = `
‹/** A word, or rows above and below and columns left and right. */
type Padding = "same" | "valid" | [[0, 0], [number, number], [number, number], [0, 0]];

interface ConvOptions {
  strides?: number | [number, number];
  pad?: Padding;
  dilations?: number | [number, number];
  activation?: tf.fused.Activation;
  leakyreluAlpha?: number;
}
›`;

/** Reads the weights file. `shapes` is a table in the module. */
export const readWeightsSource = `
‹interface TensorEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

›/** The weights by name. Throws where a tensor is missing, left over, of another shape, or not finite. */
function readWeights(bytes‹: ArrayBuffer›)‹: Weights› {
  const headerBytes = bytes.byteLength < 8 ? 0 : Number(new DataView(bytes).getBigUint64(0, true));
  const dataStart = 8 + headerBytes;
  if (headerBytes === 0 || dataStart > bytes.byteLength) {
    throw new Error("The weights are not a safetensors file.");
  }
  const header‹: Record<string, TensorEntry>› = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, headerBytes)));
  const entries = new Map(Object.entries(header));
  entries.delete("__metadata__");

  const found = new Map‹<string, Float32Array>›();
  for (const [name, shape] of shapes) {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error(\`The weights lack "\${name}".\`);
    if (entry.dtype !== "F32" || entry.shape.join("x") !== shape.join("x")) {
      const wanted = \`F32 \${shape.join("x")}\`;
      throw new Error(\`"\${name}" is \${entry.dtype} \${entry.shape.join("x")}, but the network requires \${wanted}.\`);
    }
    const [begin, end] = entry.data_offsets;
    const data = new Float32Array(bytes.slice(dataStart + begin, dataStart + end));
    if (data.length !== shape.reduce((size, extent) => size * extent, 1)) {
      throw new Error(\`"\${name}" is cut off after \${data.length} numbers.\`);
    }
    if (!data.every(Number.isFinite)) throw new Error(\`"\${name}" holds a number that is not finite.\`);
    found.set(name, data);
    entries.delete(name);
  }
  for (const name of entries.keys()) throw new Error(\`The weights hold "\${name}", which no layer reads.\`);
  return new Map([...found].map(([name, data]) => [name, tf.keep(tf.tensor(data, shapes.get(name)))]));
}
`;
