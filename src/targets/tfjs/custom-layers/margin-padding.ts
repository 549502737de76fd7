import type { CustomLayer } from "./custom-layer.ts";

/** tf.layers.zeroPadding2d has no other values and no channels, and tf.js's mirrorPad has no gradient. */
export const marginPadding: CustomLayer = {
  needs: ["LayerArgs", "single"],
  source: `
‹interface MarginPaddingArgs extends LayerArgs {
  mode: "constant" | "reflect" | "replicate";
  /** Rows above and below, columns left and right. */
  margins: [number, number, number, number];
  /** Channels before and after those of the map, all of the value. */
  channels: [number, number];
  value: number;
}

›/** Rows and columns around a map: a value, the map mirrored at its border, or its border repeated. */
class MarginPadding extends tf.layers.Layer {
  static className = "MarginPadding";
  ‹private readonly mode: "constant" | "reflect" | "replicate";
  private readonly margins: [number, number, number, number];
  private readonly channels: [number, number];
  private readonly value: number;›

  constructor(args‹: MarginPaddingArgs›) {
    super(args);
    this.mode = args.mode;
    this.margins = args.margins;
    this.channels = args.channels;
    this.value = args.value;
  }

  ‹override ›call(inputs‹: tf.Tensor | tf.Tensor[]›)‹: tf.Tensor› {
    return tf.tidy(() => {
      const x = single(inputs)‹ as tf.Tensor4D›;
      const [top, bottom, left, right] = this.margins;
      const constant = this.mode === "constant";
      const around = constant ? x : this.extended(this.extended(x, 1, top, bottom), 2, left, right);
      const rows‹: [number, number]› = constant ? [top, bottom] : [0, 0];
      const columns‹: [number, number]› = constant ? [left, right] : [0, 0];
      return tf.pad(around, [[0, 0], rows, columns, this.channels], this.value);
    });
  }

  /** The map with rows (axis 1) or columns (axis 2) of its own before and after it. */
  ‹private ›extended(x‹: tf.Tensor4D›, axis‹: number›, before‹: number›, after‹: number›)‹: tf.Tensor4D› {
    const extent = x.shape[axis]‹!›;
    const part = (from‹: number›, count‹: number›)‹: tf.Tensor4D› => {
      const size = x.shape.map((length, at) => (at === axis ? count : length));
      return tf.slice(x, x.shape.map((_length, at) => (at === axis ? from : 0)), size);
    };
    const repeated = (from‹: number›, count‹: number›) => Array.from({ length: count }, () => part(from, 1));
    const mirrored = (from‹: number›, count‹: number›) => (count === 0 ? [] : [tf.reverse(part(from, count), axis)]);
    const mirrors = this.mode === "reflect";
    return tf.concat(
      [
        ...(mirrors ? mirrored(1, before) : repeated(0, before)),
        x,
        ...(mirrors ? mirrored(extent - 1 - after, after) : repeated(extent - 1, after)),
      ],
      axis,
    );
  }

  ‹override ›computeOutputShape(inputShape‹: tf.Shape›)‹: tf.Shape› {
    const [batch, height, width, depth] = inputShape‹ as [number, number, number, number]›;
    const [top, bottom, left, right] = this.margins;
    return [batch, height + top + bottom, width + left + right, depth + this.channels[0] + this.channels[1]];
  }

  ‹override ›getConfig()‹: tf.serialization.ConfigDict› {
    const { mode, margins, channels, value } = this;
    return { ...super.getConfig(), mode, margins, channels, value };
  }
}
tf.serialization.registerClass(MarginPadding);
`,
};
