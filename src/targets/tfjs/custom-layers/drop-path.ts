import type { CustomLayer } from "./custom-layer.ts";

/** tf.js drops elements, and no samples. */
export const dropPath: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
‹interface DropPathArgs extends LayerArgs {
  rate: number;
}

›/** Stochastic depth: in training it sets a share of the samples to zero, and scales the others up. Huang et al. 2016. */
class DropPath extends tf.layers.Layer {
  static className = "DropPath";
  ‹private readonly rate: number;›

  constructor(args‹: DropPathArgs›) {
    super(args);
    this.rate = args.rate;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›, { training = false }‹: { training?: boolean }›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs);
      if (!training || this.rate === 0) return x.clone();
      const shape = x.shape.map((extent, axis) => (axis === 0 ? extent : 1));
      const kept = tf.floor(tf.add(tf.randomUniform(shape), 1 - this.rate));
      return tf.mul(x, tf.div(kept, 1 - this.rate));
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), rate: this.rate };
  }
}
tf.serialization.registerClass(DropPath);
`,
};
