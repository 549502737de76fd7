import type { CustomLayer } from "./custom-layer.ts";

export const channelScale: CustomLayer = {
  needs: ["LayerArgs", "single", "Initializer", "toInitializer"],
  source: `
‹interface ChannelScaleArgs extends LayerArgs {
  factor?: number;
  initializer?: InitializerLike;
}

›/** A factor of every channel: a constant, or learned for each channel. Touvron et al. 2021. */
class ChannelScale extends tf.layers.Layer {
  static className = "ChannelScale";
  ‹private readonly factor: number | null;
  private readonly initializer: Initializer;
  private gamma?: tf.LayerVariable;›

  constructor(args‹: ChannelScaleArgs›) {
    super(args);
    this.factor = args.factor ?? null;
    this.initializer = toInitializer(args.initializer ?? "ones");
  }

  ‹override ›build(inputShape‹: tf.Shape›)‹: void› {
    if (this.factor === null) this.gamma = this.addWeight("gamma", inputShape.slice(-1), "float32", this.initializer);
    this.built = true;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.mul(single(inputs), this.gamma?.read() ?? this.factor ?? 1);
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    const { factor, initializer } = this;
    return { ...super.getConfig(), factor, initializer: serialized(initializer) };
  }
}
tf.serialization.registerClass(ChannelScale);
`,
};

export const channelShift: CustomLayer = {
  needs: ["LayerArgs", "single", "Initializer", "toInitializer"],
  source: `
‹interface ChannelShiftArgs extends LayerArgs {
  amount?: number;
  initializer?: InitializerLike;
}

›/** An amount that every channel gains: a constant, or learned for each channel. */
class ChannelShift extends tf.layers.Layer {
  static className = "ChannelShift";
  ‹private readonly amount: number | null;
  private readonly initializer: Initializer;
  private beta?: tf.LayerVariable;›

  constructor(args‹: ChannelShiftArgs›) {
    super(args);
    this.amount = args.amount ?? null;
    this.initializer = toInitializer(args.initializer ?? "zeros");
  }

  ‹override ›build(inputShape‹: tf.Shape›)‹: void› {
    if (this.amount === null) this.beta = this.addWeight("beta", inputShape.slice(-1), "float32", this.initializer);
    this.built = true;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.add(single(inputs), this.beta?.read() ?? this.amount ?? 0);
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    const { amount, initializer } = this;
    return { ...super.getConfig(), amount, initializer: serialized(initializer) };
  }
}
tf.serialization.registerClass(ChannelShift);
`,
};

/** tf.js's own PReLU has a slope a channel only as a tensor of the map's rank. */
export const channelPrelu: CustomLayer = {
  needs: ["LayerArgs", "single", "Initializer", "toInitializer"],
  source: `
‹interface ChannelPReLUArgs extends LayerArgs {
  initializer?: InitializerLike;
}

›/** A leaky relu with a learned slope for each channel. He et al. 2015. */
class ChannelPReLU extends tf.layers.Layer {
  static className = "ChannelPReLU";
  ‹private readonly initializer: Initializer;
  private alpha!: tf.LayerVariable;›

  constructor(args‹: ChannelPReLUArgs›) {
    super(args);
    this.initializer = toInitializer(args.initializer ?? "zeros");
  }

  ‹override ›build(inputShape‹: tf.Shape›)‹: void› {
    this.alpha = this.addWeight("alpha", inputShape.slice(-1), "float32", this.initializer);
    this.built = true;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.prelu(single(inputs), this.alpha.read());
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), initializer: serialized(this.initializer) };
  }
}
tf.serialization.registerClass(ChannelPReLU);
`,
};

/** tf.js has layers that add, multiply and concatenate values, but none that subtracts. */
export const subtract: CustomLayer = {
  needs: [],
  source: `
/** The first value minus each of the others. */
class Subtract extends tf.layers.Layer {
  static className = "Subtract";

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    const [first, ...others] = ‹(›Array.isArray(inputs) ? inputs : [inputs]‹) as [tf.Tensor, ...tf.Tensor[]]›;
    return tf.tidy(() => others.reduce((difference, other) => tf.sub(difference, other), first));
  }

  ‹override ›computeOutputShape(inputShapes‹: tf.Shape | tf.Shape[]›)‹: tf.Shape› {
    return Array.isArray(inputShapes[0]) ? inputShapes[0] : ‹(›inputShapes‹ as tf.Shape)›;
  }
}
tf.serialization.registerClass(Subtract);
`,
};
