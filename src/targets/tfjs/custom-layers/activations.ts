import type { CustomLayer } from "./custom-layer.ts";

/** tf.js's own `hardSigmoid` is 0.2 x + 0.5, an older function of the same name. */
export const hardSigmoid: CustomLayer = {
  needs: ["single"],
  source: `
/** relu6(x + 3) / 6, element by element. Howard et al. 2019. */
class HardSigmoid extends tf.layers.Layer {
  static className = "HardSigmoid";

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => tf.div(tf.relu6(tf.add(single(inputs), 3)), 6));
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }
}
tf.serialization.registerClass(HardSigmoid);
`,
};

export const hardSwish: CustomLayer = {
  needs: ["single"],
  source: `
/** x * relu6(x + 3) / 6, element by element. Howard et al. 2019. */
class HardSwish extends tf.layers.Layer {
  static className = "HardSwish";

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    const x = single(inputs);
    return tf.tidy(() => tf.div(tf.mul(x, tf.relu6(tf.add(x, 3))), 6));
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }
}
tf.serialization.registerClass(HardSwish);
`,
};
