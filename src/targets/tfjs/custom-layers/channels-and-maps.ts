import type { CustomLayer } from "./custom-layer.ts";

export const channelShuffle: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
/** Channels seen as [groups, channels / groups], transposed. Zhang et al. 2018. */
class ChannelShuffle extends tf.layers.Layer {
  static className = "ChannelShuffle";
  ‹private readonly groups: number;›

  constructor(args‹: LayerArgs & { groups: number }›) {
    super(args);
    this.groups = args.groups;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs);
      const channels = x.shape[x.rank - 1]‹!›;
      const grouped = tf.reshape(x, [-1, this.groups, channels / this.groups]);
      return tf.reshape(tf.transpose(grouped, [0, 2, 1]), x.shape);
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return inputShape;
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), groups: this.groups };
  }
}
tf.serialization.registerClass(ChannelShuffle);
`,
};

export const channelSlice: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
/** The channels begin <= i < end. */
class ChannelSlice extends tf.layers.Layer {
  static className = "ChannelSlice";
  ‹private readonly begin: number;
  private readonly end: number;›

  constructor(args‹: LayerArgs & { begin: number; end: number }›) {
    super(args);
    this.begin = args.begin;
    this.end = args.end;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    const x = single(inputs);
    const extents = x.shape.slice(0, -1);
    return tf.slice(x, [...extents.map(() => 0), this.begin], [...extents, this.end - this.begin]);
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    return [...inputShape.slice(0, -1), this.end - this.begin];
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), begin: this.begin, end: this.end };
  }
}
tf.serialization.registerClass(ChannelSlice);
`,
};
