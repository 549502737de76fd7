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

/** tf.js's own layer refuses every alpha but 1. */
export const scaledElu: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
‹interface ScaledELUArgs extends LayerArgs {
  alpha: number;
}

›/** x above 0, alpha * (exp(x) - 1) below, element by element. Clevert et al. 2015. */
class ScaledELU extends tf.layers.Layer {
  static className = "ScaledELU";
  ‹private readonly alpha: number;

›  constructor(args‹: ScaledELUArgs›) {
    super(args);
    this.alpha = args.alpha;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    const x = single(inputs);
    return tf.tidy(() => tf.add(tf.mul(tf.elu(x), this.alpha), tf.mul(tf.relu(x), 1 - this.alpha)));
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}
tf.serialization.registerClass(ScaledELU);
`,
};

/** tf.js has the function, but the types of its layers do not have the name. */
export const logSoftmax: CustomLayer = {
  needs: ["single"],
  source: `
/** Logarithm of softmax over the last axis. */
class LogSoftmax extends tf.layers.Layer {
  static className = "LogSoftmax";

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.logSoftmax(single(inputs), -1);
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }
}
tf.serialization.registerClass(LogSoftmax);
`,
};

/** tf.js calls this activation `gelu_new`, and looks for `geluNew` when it loads a model that has it. */
export const tanhGelu: CustomLayer = {
  needs: ["single"],
  source: `
/** The approximation of gelu by a tanh, element by element. Hendrycks and Gimpel 2016. */
class TanhGELU extends tf.layers.Layer {
  static className = "TanhGELU";

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    const x = single(inputs);
    return tf.tidy(() => {
      const bent = tf.add(x, tf.mul(tf.mul(x, tf.square(x)), 0.044715));
      return tf.mul(x, tf.mul(tf.add(tf.tanh(tf.mul(bent, Math.sqrt(2 / Math.PI))), 1), 0.5));
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }
}
tf.serialization.registerClass(TanhGELU);
`,
};
