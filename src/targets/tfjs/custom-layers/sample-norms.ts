import type { CustomLayer } from "./custom-layer.ts";

/**
 * tf.js has no RMS, group or instance norm. Its layer norm calls tf.batchNorm, which has no gradient without gamma or
 * beta.
 */
export const sampleNormalization: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
‹interface SampleNormalizationArgs extends LayerArgs {
  kind: "layer" | "rms" | "group" | "instance";
  groups?: number;
  epsilon: number;
  scale?: boolean;
  center?: boolean;
}

›/** Normalisation by the sample's own mean and variance: of each pixel's channels, or of a map's pixels in groups of channels. */
class SampleNormalization extends tf.layers.Layer {
  static className = "SampleNormalization";
  ‹private readonly kind: SampleNormalizationArgs["kind"];
  private readonly groups: number;
  private readonly epsilon: number;
  private readonly scale: boolean;
  private readonly center: boolean;
  private gamma?: tf.LayerVariable;
  private beta?: tf.LayerVariable;›

  constructor(args‹: SampleNormalizationArgs›) {
    super(args);
    this.kind = args.kind;
    this.groups = args.groups ?? 1;
    this.epsilon = args.epsilon;
    this.scale = args.scale ?? true;
    this.center = args.kind !== "rms" && (args.center ?? true);
  }

  ‹override ›build(inputShape‹: tf.Shape›)‹: void› {
    const shape = inputShape.slice(-1);
    if (this.scale) this.gamma = this.addWeight("gamma", shape, "float32", tf.initializers.ones());
    if (this.center) this.beta = this.addWeight("beta", shape, "float32", tf.initializers.zeros());
    this.built = true;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs);
      const [batch, channels] = [x.shape[0]‹!›, x.shape[x.rank - 1]‹!›];
      const overMap = this.kind === "group" || this.kind === "instance";
      const groups = this.kind === "instance" ? channels : this.groups;
      // Cells lie along the second and the last axis.
      const cells = tf.reshape(x, overMap ? [batch, -1, groups, channels / groups] : [-1, 1, 1, channels]);
      const centered = this.kind === "rms" ? cells : tf.sub(cells, tf.mean(cells, [1, 3], true));
      const variance = tf.mean(tf.square(centered), [1, 3], true);
      let result‹: tf.Tensor› = tf.reshape(tf.mul(centered, tf.rsqrt(tf.add(variance, this.epsilon))), x.shape);
      if (this.gamma) result = tf.mul(result, this.gamma.read());
      return this.beta ? tf.add(result, this.beta.read()) : result;
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    const { kind, groups, epsilon, scale, center } = this;
    return { ...super.getConfig(), kind, groups, epsilon, scale, center };
  }
}
tf.serialization.registerClass(SampleNormalization);
`,
};
