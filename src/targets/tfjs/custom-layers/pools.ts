import type { CustomLayer } from "./custom-layer.ts";

const argsAndShape = (name: string, counted: boolean) => ({
  args: `
‹interface ${name}Args extends LayerArgs {
  poolSize: number | [number, number];
  strides: number | [number, number];
  /** Rows above and below, columns left and right; one number where all agree. */
  padding: number | [[number, number], [number, number]];${counted ? "\n  /** The part of the padding that an average counts as zeros; none where nothing is said. */\n  counted?: number | [[number, number], [number, number]];" : ""}
}

›`,
  head: `
class ${name} extends tf.layers.Layer {
  static className = "${name}";
  ‹private readonly poolSize: [number, number];
  private readonly strides: [number, number];
  private readonly padding: [[number, number], [number, number]];${counted ? "\n  private readonly counted: [[number, number], [number, number]];" : ""}›

  constructor(args‹: ${name}Args›) {
    super(args);
    this.poolSize = pair(args.poolSize);
    this.strides = pair(args.strides);
    const { padding${counted ? ", counted = 0" : ""} } = args;
    this.padding = typeof padding === "number" ? [[padding, padding], [padding, padding]] : padding;${counted ? '\n    this.counted = typeof counted === "number" ? [[counted, counted], [counted, counted]] : counted;' : ""}
  }
`,
  tail: `
  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    const [batch, height, width, channels] = inputShape‹ as [number, number, number, number]›;
    const [rows, columns] = this.padding;
    return [
      batch,
      extentOf(height + rows[0] + rows[1], this.poolSize[0], this.strides[0], 1, "valid"),
      extentOf(width + columns[0] + columns[1], this.poolSize[1], this.strides[1], 1, "valid"),
      channels,
    ];
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), poolSize: this.poolSize, strides: this.strides, padding: this.padding${counted ? ", counted: this.counted" : ""} };
  }
}
tf.serialization.registerClass(${name});
`,
});

const max = argsAndShape("PaddedMaxPooling2D", false);

/**
 * tf.layers.maxPooling2d has no explicit pads. A zero-padding layer before it would be wrong, because zeros are larger
 * than negative pixels.
 */
export const paddedMaxPooling2D: CustomLayer = {
  needs: ["LayerArgs", "single", "pair", "extentOf"],
  source: `${max.args}/** Max pooling with given pads, which never win. */${max.head}
  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    const x = single(inputs)‹ as tf.Tensor4D›;
    return tf.tidy(() => tf.maxPool(x, this.poolSize, this.strides, [[0, 0], ...this.padding, [0, 0]], "floor"));
  }
${max.tail}`,
};

const average = argsAndShape("PaddedAveragePooling2D", true);

/**
 * The gradient of average pooling in tf.js divides by the size of the whole window, even if part of the window is
 * padding.
 */
export const paddedAveragePooling2D: CustomLayer = {
  needs: ["LayerArgs", "single", "pair", "extentOf"],
  source: `${average.args}/** Average pooling with given pads, of which only the counted ones count, in the gradient as well. */${average.head}
  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs)‹ as tf.Tensor4D›;
      const pooled = (map‹: tf.Tensor4D›, pads‹: [[number, number], [number, number]]›) =>
        tf.avgPool(tf.pad(map, [[0, 0], ...pads, [0, 0]]), this.poolSize, this.strides, "valid");
      const [[top, bottom], [left, right]] = this.counted;
      const [[above, below], [before, after]] = this.padding;
      const counts‹: tf.Tensor4D› = tf.ones([1, top + x.shape[1] + bottom, left + x.shape[2] + right, 1]);
      const covered = pooled(counts, [[above - top, below - bottom], [before - left, after - right]]);
      return tf.div(pooled(x, this.padding), covered);
    });
  }
${average.tail}`,
};
