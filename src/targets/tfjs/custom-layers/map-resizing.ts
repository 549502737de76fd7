import type { CustomLayer } from "./custom-layer.ts";

/** tf.layers.upSampling2d resizes bilinearly from pixel corners, and tf.js's gradient knows no half-pixel centres and no cubics. */
export const mapResizing: CustomLayer = {
  needs: ["LayerArgs", "single", "resizeWeights"],
  source: `
‹interface MapResizingArgs extends LayerArgs {
  /** Rows and columns of the output. */
  size: [number, number];
  mode: "nearest" | "bilinear" | "bicubic";
  coordinates: "halfPixel" | "alignCorners" | "asymmetric";
}

›/** A map with other extents, as two matrix products. */
class MapResizing extends tf.layers.Layer {
  static className = "MapResizing";
  ‹private readonly size: [number, number];
  private readonly mode: "nearest" | "bilinear" | "bicubic";
  private readonly coordinates: "halfPixel" | "alignCorners" | "asymmetric";›

  constructor(args‹: MapResizingArgs›) {
    super(args);
    this.size = args.size;
    this.mode = args.mode;
    this.coordinates = args.coordinates;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const [batch, height, width, channels] = single(inputs).shape‹ as [number, number, number, number]›;
      const [rows, columns] = this.size;
      const weights = (from‹: number›, to‹: number›) => resizeWeights(from, to, this.mode, this.coordinates);
      const x = tf.reshape(single(inputs), [batch, height, width * channels]);
      const lines = tf.reshape(tf.matMul(weights(height, rows), x), [batch * rows, width, channels]);
      return tf.reshape(tf.matMul(weights(width, columns), lines), [batch, rows, columns, channels]);
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return [inputShape[0]‹!›, ...this.size, inputShape[3]‹!›];
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), size: this.size, mode: this.mode, coordinates: this.coordinates };
  }
}
tf.serialization.registerClass(MapResizing);
`,
};
