import type { CustomLayer } from "./custom-layer.ts";

export const adaptivePooling2D: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
‹interface AdaptivePooling2DArgs extends LayerArgs {
  mode: "avg" | "max";
  /** Rows and columns of the output. */
  size: [number, number];
}

›/** Average or maximum of the windows that share a map out, as PyTorch's adaptive pools choose them. */
class AdaptivePooling2D extends tf.layers.Layer {
  static className = "AdaptivePooling2D";
  ‹private readonly mode: "avg" | "max";
  private readonly size: [number, number];›

  constructor(args‹: AdaptivePooling2DArgs›) {
    super(args);
    this.mode = args.mode;
    this.size = args.size;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs)‹ as tf.Tensor4D›;
      return this.along(this.along(x, 1, this.size[0]), 2, this.size[1]);
    });
  }

  /** One value for each of so many windows of an axis. */
  ‹private ›along(x‹: tf.Tensor4D›, axis‹: number›, count‹: number›)‹: tf.Tensor4D› {
    const extent = x.shape[axis]‹!›;
    const reduce = this.mode === "avg" ? tf.mean : tf.max;
    const windows = Array.from({ length: count }, (_, i) => {
      const begin = Math.floor((i * extent) / count);
      const end = Math.ceil(((i + 1) * extent) / count);
      const size = x.shape.map((length, at) => (at === axis ? end - begin : length));
      return reduce‹<tf.Tensor4D>›(tf.slice(x, x.shape.map((_length, at) => (at === axis ? begin : 0)), size), axis, true);
    });
    return tf.concat(windows, axis);
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return [inputShape[0]‹!›, ...this.size, inputShape[3]‹!›];
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), mode: this.mode, size: this.size };
  }
}
tf.serialization.registerClass(AdaptivePooling2D);
`,
};
