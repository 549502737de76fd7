import type { CustomLayer } from "./custom-layer.ts";

/**
 * tf.js cannot train a batch norm without gamma or beta. In training, tf.layers.batchNormalization reads gamma and
 * beta even when they are disabled, and throws. The gradient of tf.batchNorm also throws without them.
 */
export const partialBatchNormalization: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
‹interface PartialBatchNormalizationArgs extends LayerArgs {
  momentum: number;
  epsilon: number;
  scale?: boolean;
  center?: boolean;
}

›/** Batch normalisation that may lack its scale (gamma) or its offset (beta). */
class PartialBatchNormalization extends tf.layers.Layer {
  static className = "PartialBatchNormalization";
  ‹private readonly momentum: number;
  private readonly epsilon: number;
  private readonly scale: boolean;
  private readonly center: boolean;
  private gamma?: tf.LayerVariable;
  private beta?: tf.LayerVariable;
  private movingMean!: tf.LayerVariable;
  private movingVariance!: tf.LayerVariable;›

  constructor(args‹: PartialBatchNormalizationArgs›) {
    super(args);
    this.momentum = args.momentum;
    this.epsilon = args.epsilon;
    this.scale = args.scale ?? true;
    this.center = args.center ?? true;
  }

  ‹override ›build(inputShape‹: tf.Shape›)‹: void› {
    const shape = inputShape.slice(-1);
    const [zeros, ones] = [tf.initializers.zeros(), tf.initializers.ones()];
    if (this.scale) this.gamma = this.addWeight("gamma", shape, "float32", ones);
    if (this.center) this.beta = this.addWeight("beta", shape, "float32", zeros);
    this.movingMean = this.addWeight("moving_mean", shape, "float32", zeros, undefined, false);
    this.movingVariance = this.addWeight("moving_variance", shape, "float32", ones, undefined, false);
    this.built = true;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›, { training = false }‹: { training?: boolean }›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs);
      let [mean, variance] = [this.movingMean.read(), this.movingVariance.read()];
      if (training) {
        const axes = x.shape.slice(0, -1).map((_, axis) => axis);
        ({ mean, variance } = tf.moments(x, axes));
        this.move(this.movingMean, mean);
        this.move(this.movingVariance, variance);
      }
      let result = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, this.epsilon)));
      if (this.gamma) result = tf.mul(result, this.gamma.read());
      return this.beta ? tf.add(result, this.beta.read()) : result;
    });
  }

  /** Keeps the share \`momentum\` of the old average. */
  ‹private ›move(average‹: tf.LayerVariable›, value‹: tf.Tensor›)‹: void› {
    average.write(tf.add(tf.mul(average.read(), this.momentum), tf.mul(value, 1 - this.momentum)));
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    const { momentum, epsilon, scale, center } = this;
    return { ...super.getConfig(), momentum, epsilon, scale, center };
  }
}
tf.serialization.registerClass(PartialBatchNormalization);
`,
};
