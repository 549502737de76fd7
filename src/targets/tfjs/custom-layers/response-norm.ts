import type { CustomLayer } from "./custom-layer.ts";

/** tf.js has no global response norm. */
export const responseNormalization: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
‹interface ResponseNormalizationArgs extends LayerArgs {
  epsilon: number;
}

›/** Global response norm: scales each channel by its length over the pixels, as a share of the mean length. Woo et al. 2023. */
class ResponseNormalization extends tf.layers.Layer {
  static className = "ResponseNormalization";
  ‹private readonly epsilon: number;
  private gamma!: tf.LayerVariable;
  private beta!: tf.LayerVariable;›

  constructor(args‹: ResponseNormalizationArgs›) {
    super(args);
    this.epsilon = args.epsilon;
  }

  ‹override ›build(inputShape‹: tf.Shape›)‹: void› {
    const shape = inputShape.slice(-1);
    this.gamma = this.addWeight("gamma", shape, "float32", tf.initializers.zeros());
    this.beta = this.addWeight("beta", shape, "float32", tf.initializers.zeros());
    this.built = true;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs);
      // The root has no gradient at 0, where a channel is dead.
      const lengths = tf.sqrt(tf.add(tf.sum(tf.square(x), [1, 2], true), 1e-24));
      const share = tf.div(lengths, tf.add(tf.mean(lengths, 3, true), this.epsilon));
      const scaled = tf.mul(tf.mul(x, share), this.gamma.read());
      return tf.add(tf.add(scaled, this.beta.read()), x);
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), epsilon: this.epsilon };
  }
}
tf.serialization.registerClass(ResponseNormalization);
`,
};
