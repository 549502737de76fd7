import type { CustomLayer } from "./custom-layer.ts";

/** tf.layers.conv2dTranspose has no groups, no dilation, and neither cuts nor adds rows as PyTorch does. */
export const transposedConv2D: CustomLayer = {
  needs: ["LayerArgs", "Initializer", "single", "pair", "toInitializer", "dilate"],
  source: `
‹interface TransposedConv2DArgs extends LayerArgs {
  filters: number;
  kernelSize: number | [number, number];
  strides?: number | [number, number];
  /** Rows cut above and below, columns cut left and right; one number where all agree. */
  padding: number | [[number, number], [number, number]];
  outputPadding?: number | [number, number];
  dilationRate?: number | [number, number];
  groups?: number;
  useBias?: boolean;
  kernelInitializer: InitializerLike;
  biasInitializer?: InitializerLike;
}

›/** 2-D transposed convolution; kernel [height, width, channels / groups, filters]. */
class TransposedConv2D extends tf.layers.Layer {
  static className = "TransposedConv2D";
  ‹private readonly filters: number;
  private readonly kernelSize: [number, number];
  private readonly strides: [number, number];
  private readonly padding: [[number, number], [number, number]];
  private readonly outputPadding: [number, number];
  private readonly dilationRate: [number, number];
  private readonly groups: number;
  private readonly useBias: boolean;
  private readonly kernelInitializer: Initializer;
  private readonly biasInitializer: Initializer;
  private kernel!: tf.LayerVariable;
  private bias: tf.LayerVariable | null = null;›

  constructor(args‹: TransposedConv2DArgs›) {
    super(args);
    this.filters = args.filters;
    this.kernelSize = pair(args.kernelSize);
    this.strides = pair(args.strides ?? 1);
    const { padding } = args;
    this.padding = typeof padding === "number" ? [[padding, padding], [padding, padding]] : padding;
    this.outputPadding = pair(args.outputPadding ?? 0);
    this.dilationRate = pair(args.dilationRate ?? 1);
    this.groups = args.groups ?? 1;
    this.useBias = args.useBias ?? true;
    this.kernelInitializer = toInitializer(args.kernelInitializer);
    this.biasInitializer = toInitializer(args.biasInitializer ?? "zeros");
  }

  ‹override ›build(inputShape‹: tf.Shape›)‹: void› {
    const channels = ‹(›inputShape[3]‹ as number)› / this.groups;
    const shape = [...this.kernelSize, channels, this.filters];
    this.kernel = this.addWeight("kernel", shape, "float32", this.kernelInitializer);
    if (this.useBias) this.bias = this.addWeight("bias", [this.filters], "float32", this.biasInitializer);
    this.built = true;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs)‹ as tf.Tensor4D›;
      const kernel = tf.transpose(dilate(this.kernel.read()‹ as tf.Tensor4D›, this.dilationRate), [0, 1, 3, 2]);
      const [batch, height, width] = this.computeOutputShape(x.shape)‹ as [number, number, number, number]›;
      // Rows beyond those that a stride apart from the last can reach are added by themselves.
      const beyond = this.outputPadding.map((rows, axis) => Math.max(0, rows - this.strides[axis]‹!› + 1));
      const kernels = this.groups === 1 ? [kernel] : tf.split‹<tf.Tensor4D>›(kernel, this.groups, 2);
      const groups = this.groups === 1 ? [x] : tf.split‹<tf.Tensor4D>›(x, this.groups, 3);
      const parts = groups.map((group, i) =>
        tf.conv2dTranspose(
          group,
          kernels[i]‹ as tf.Tensor4D›,
          [batch, height - beyond[0]‹!›, width - beyond[1]‹!›, this.filters / this.groups],
          this.strides,
          [[0, 0], ...this.padding, [0, 0]],
        ),
      );
      const joined = tf.pad(tf.concat(parts, 3), [[0, 0], [0, beyond[0]‹!›], [0, beyond[1]‹!›], [0, 0]]);
      return this.useBias ? tf.add(joined, this.bias‹!›.read()) : joined;
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    const [batch, ...extents] = inputShape‹ as number[]›;
    const [height, width] = this.kernelSize.map((size, axis) => {
      const whole = (extents[axis]‹!› - 1) * this.strides[axis]‹!› + (size - 1) * this.dilationRate[axis]‹!› + 1;
      const [before, after] = this.padding[axis]‹!›;
      return whole - before - after + this.outputPadding[axis]‹!›;
    })‹ as [number, number]›;
    return [batch‹!›, height, width, this.filters];
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    const { filters, kernelSize, strides, padding, outputPadding, dilationRate, groups, useBias } = this;
    return {
      ...super.getConfig(),
      ...{ filters, kernelSize, strides, padding, outputPadding, dilationRate, groups, useBias },
      kernelInitializer: serialized(this.kernelInitializer),
      biasInitializer: serialized(this.biasInitializer),
    };
  }
}
tf.serialization.registerClass(TransposedConv2D);
`,
};
