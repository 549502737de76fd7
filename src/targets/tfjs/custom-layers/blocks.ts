import type { CustomLayer } from "./custom-layer.ts";

const blockLayer = (name: string, what: string, call: string, shape: string): CustomLayer => ({
  needs: ["LayerArgs", "single"],
  source: `
‹interface ${name}Args extends LayerArgs {
  blockSize: number;
  order?: "tensorflow" | "torch";
}

›/** ${what} */
class ${name} extends tf.layers.Layer {
  static className = "${name}";
  ‹private readonly blockSize: number;
  private readonly order: "tensorflow" | "torch";›

  constructor(args‹: ${name}Args›) {
    super(args);
    this.blockSize = args.blockSize;
    this.order = args.order ?? "tensorflow";
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs);
      const block = this.blockSize;
      const [batch, height, width, channels] = x.shape‹ as [number, number, number, number]›;
${call}
    });
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    const [batch, height, width, channels] = inputShape‹ as [number, number, number, number]›;
    const block = this.blockSize;
    return ${shape};
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    return { ...super.getConfig(), blockSize: this.blockSize, order: this.order };
  }
}
tf.serialization.registerClass(${name});
`,
});

/** tf.depthToSpace has only TensorFlow's channel order and no gradient. */
export const depthToSpace = blockLayer(
  "DepthToSpace",
  "Each pixel becomes a block of pixels, made of its channels. Shi et al. 2016.",
  `      const rest = channels / (block * block);
      const [split, permutation] =
        this.order === "torch"
          ? [[-1, width, rest, block, block], [0, 3, 1, 4, 2]]
          : [[-1, width, block, block, rest], [0, 2, 1, 3, 4]];
      const moved = tf.transpose(tf.reshape(x, split‹!›), permutation);
      return tf.reshape(moved, [batch, height * block, width * block, rest]);`,
  "[batch, height * block, width * block, channels / (block * block)]",
);

/** tf.js has no tf.spaceToDepth. */
export const spaceToDepth = blockLayer(
  "SpaceToDepth",
  "Each block of pixels becomes one pixel, with the channels of all of them.",
  `      const blocks = tf.reshape(x, [-1, block, width / block, block, channels]);
      const moved = tf.transpose(blocks, this.order === "torch" ? [0, 2, 4, 1, 3] : [0, 2, 1, 3, 4]);
      return tf.reshape(moved, [batch, height / block, width / block, channels * block * block]);`,
  "[batch, height / block, width / block, channels * block * block]",
);
