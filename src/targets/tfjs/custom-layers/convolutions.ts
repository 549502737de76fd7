import type { CustomLayer } from "./custom-layer.ts";

/** tf.layers.conv2d has no groups. */
export const flexibleConv2D: CustomLayer = {
  needs: ["LayerArgs", "Initializer", "single", "pair", "toInitializer", "dilate", "extentOf"],
  source: groupedConvSource(
    "FlexibleConv2D",
    `    return tf.tidy(() => {
      const kernel = dilate(this.kernel.read()‹ as tf.Tensor4D›, this.dilationRate);
      const result = this.convolve(single(inputs)‹ as tf.Tensor4D›, kernel);
      return this.useBias ? tf.add(result, this.bias‹!›.read()) : result;
    });`,
    "tf.conv2d({x}, {kernel}, this.strides, this.padding)",
  ),
};

/** tf.layers.conv2d has no gradient for a dilation, and cannot combine a dilation with a stride. */
export const dilatedConv2D: CustomLayer = {
  needs: ["LayerArgs", "Initializer", "single", "pair", "toInitializer", "dilatedConv", "extentOf"],
  source: groupedConvSource(
    "DilatedConv2D",
    `    return tf.tidy(() => {
      const result = this.convolve(single(inputs)‹ as tf.Tensor4D›, this.kernel.read()‹ as tf.Tensor4D›);
      return this.useBias ? tf.add(result, this.bias‹!›.read()) : result;
    });`,
    "dilatedConv({x}, {kernel}, this.strides, this.padding, this.dilationRate)",
  ),
};

/**
 * Returns the source of a convolution layer with groups. `call` is the body of its `call` method. `convolve` is the
 * expression that convolves "{x}" with "{kernel}".
 */
function groupedConvSource(name: string, call: string, convolve: string): string {
  const over = (x: string, kernel: string): string => convolve.replace("{x}", x).replace("{kernel}", kernel);
  return `
‹interface ${name}Args extends LayerArgs {
  filters: number;
  kernelSize: number | [number, number];
  strides?: number | [number, number];
  padding?: "same" | "valid";
  dilationRate?: number | [number, number];
  groups?: number;
  useBias?: boolean;
  kernelInitializer: InitializerLike;
  biasInitializer?: InitializerLike;
}

›/** 2-D convolution with groups and dilation; kernel [height, width, channels / groups, filters]. */
class ${name} extends tf.layers.Layer {
  static className = "${name}";
  ‹private readonly filters: number;
  private readonly kernelSize: [number, number];
  private readonly strides: [number, number];
  private readonly padding: "same" | "valid";
  private readonly dilationRate: [number, number];
  private readonly groups: number;
  private readonly useBias: boolean;
  private readonly kernelInitializer: Initializer;
  private readonly biasInitializer: Initializer;
  private kernel!: tf.LayerVariable;
  private bias: tf.LayerVariable | null = null;›

  constructor(args‹: ${name}Args›) {
    super(args);
    this.filters = args.filters;
    this.kernelSize = pair(args.kernelSize);
    this.strides = pair(args.strides ?? 1);
    this.padding = args.padding ?? "valid";
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
${call}
  }

  ‹private ›convolve(x‹: tf.Tensor4D›, kernel‹: tf.Tensor4D›)‹: tf.Tensor› {
    if (this.groups === 1) return ${over("x", "kernel")};
    const kernels = tf.split‹<tf.Tensor4D>›(kernel, this.groups, 3);
    const groups = tf.split‹<tf.Tensor4D>›(x, this.groups, 3);
    return tf.concat(
      groups.map((group, i) => ${over("group", "kernels[i]‹ as tf.Tensor4D›")}),
      3,
    );
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    const [batch, ...extents] = inputShape‹ as number[]›;
    const [height, width] = this.kernelSize.map((size, axis) =>
      extentOf(extents[axis]‹!›, size, this.strides[axis]‹!›, this.dilationRate[axis]‹!›, this.padding),
    )‹ as [number, number]›;
    return [batch‹!›, height, width, this.filters];
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    const { filters, kernelSize, strides, padding, dilationRate, groups, useBias } = this;
    return {
      ...super.getConfig(),
      ...{ filters, kernelSize, strides, padding, dilationRate, groups, useBias },
      kernelInitializer: serialized(this.kernelInitializer),
      biasInitializer: serialized(this.biasInitializer),
    };
  }
}
tf.serialization.registerClass(${name});
`;
}

/** tf.layers.depthwiseConv2d ignores its dilation. */
export const dilatedDepthwiseConv2D: CustomLayer = {
  needs: ["LayerArgs", "Initializer", "single", "pair", "toInitializer", "dilatedConv", "extentOf"],
  source: `
‹interface DilatedDepthwiseConv2DArgs extends LayerArgs {
  kernelSize: number | [number, number];
  strides?: number | [number, number];
  padding?: "same" | "valid";
  dilationRate: number | [number, number];
  depthMultiplier?: number;
  useBias?: boolean;
  depthwiseInitializer: InitializerLike;
  biasInitializer?: InitializerLike;
}

›/** Depthwise convolution with dilation; kernel [height, width, channels, multiplier]. */
class DilatedDepthwiseConv2D extends tf.layers.Layer {
  static className = "DilatedDepthwiseConv2D";
  ‹private readonly kernelSize: [number, number];
  private readonly strides: [number, number];
  private readonly padding: "same" | "valid";
  private readonly dilationRate: [number, number];
  private readonly depthMultiplier: number;
  private readonly useBias: boolean;
  private readonly depthwiseInitializer: Initializer;
  private readonly biasInitializer: Initializer;
  private kernel!: tf.LayerVariable;
  private bias: tf.LayerVariable | null = null;›

  constructor(args‹: DilatedDepthwiseConv2DArgs›) {
    super(args);
    this.kernelSize = pair(args.kernelSize);
    this.strides = pair(args.strides ?? 1);
    this.padding = args.padding ?? "valid";
    this.dilationRate = pair(args.dilationRate);
    this.depthMultiplier = args.depthMultiplier ?? 1;
    this.useBias = args.useBias ?? true;
    this.depthwiseInitializer = toInitializer(args.depthwiseInitializer);
    this.biasInitializer = toInitializer(args.biasInitializer ?? "zeros");
  }

  ‹override ›build(inputShape‹: tf.Shape›)‹: void› {
    const channels = inputShape[3]‹ as number›;
    const shape = [...this.kernelSize, channels, this.depthMultiplier];
    this.kernel = this.addWeight("depthwise_kernel", shape, "float32", this.depthwiseInitializer);
    if (this.useBias) {
      this.bias = this.addWeight("bias", [channels * this.depthMultiplier], "float32", this.biasInitializer);
    }
    this.built = true;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const kernel = this.kernel.read()‹ as tf.Tensor4D›;
      const { strides, padding, dilationRate } = this;
      const result = dilatedConv(single(inputs)‹ as tf.Tensor4D›, kernel, strides, padding, dilationRate, true);
      return this.useBias ? tf.add(result, this.bias‹!›.read()) : result;
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    const [batch, ...extents] = inputShape‹ as number[]›;
    const [height, width] = this.kernelSize.map((size, axis) =>
      extentOf(extents[axis]‹!›, size, this.strides[axis]‹!›, this.dilationRate[axis]‹!›, this.padding),
    )‹ as [number, number]›;
    return [batch‹!›, height, width, extents[2]‹!› * this.depthMultiplier];
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    const { kernelSize, strides, padding, dilationRate, depthMultiplier, useBias } = this;
    return {
      ...super.getConfig(),
      ...{ kernelSize, strides, padding, dilationRate, depthMultiplier, useBias },
      depthwiseInitializer: serialized(this.depthwiseInitializer),
      biasInitializer: serialized(this.biasInitializer),
    };
  }
}
tf.serialization.registerClass(DilatedDepthwiseConv2D);
`,
};
