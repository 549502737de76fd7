import type { ResizeOp } from "../../ir/ops/resize.ts";

/** What emitted modules call the coordinates. tf.js writes every word of a layer's settings in camel case when it loads them. */
export const coordinateWords = {
  half_pixel: "halfPixel",
  align_corners: "alignCorners",
  asymmetric: "asymmetric",
} as const satisfies Readonly<Record<ResizeOp["coordinates"], string>>;

/** The function of emitted modules that gives the matrix by which an axis is resized, as annotated source. */
export const resizeWeightsSource = `
/** Row i: the shares of an axis' input pixels in output pixel i, clamped at the border. */
function resizeWeights(from‹: number›, to‹: number›, mode‹: string›, coordinates‹: string›)‹: tf.Tensor› {
  const weights = tf.buffer([1, to, from]);
  const aligned = coordinates === "alignCorners";
  const [wide, long] = aligned ? [to === 1 ? 0 : from - 1, Math.max(to - 1, 1)] : [from, to];
  for (let i = 0; i < to; i++) {
    const add = (place‹: number›, share‹: number›) => {
      const at = Math.min(from - 1, Math.max(0, place));
      weights.set(weights.get(0, i, at) + share, 0, i, at);
    };
    // The place is half of a whole number over another.
    const doubled = coordinates === "halfPixel" ? (2 * i + 1) * wide - long : 2 * i * wide;
    const low = Math.floor(doubled / (2 * long));
    const t = (doubled - 2 * long * low) / (2 * long);
    if (mode === "nearest") {
      add(coordinates === "asymmetric" ? low : Math.floor((doubled + long) / (2 * long)), 1);
    } else if (mode === "bilinear") {
      add(low, 1 - t);
      add(low + 1, t);
    } else {
      // Keys 1981, with a = -0.75.
      const near = (x‹: number›) => (1.25 * x - 2.25) * x * x + 1;
      const far = (x‹: number›) => ((-0.75 * x + 3.75) * x - 6) * x + 3;
      [far(t + 1), near(t), near(1 - t), far(2 - t)].forEach((share, tap) => add(low - 1 + tap, share));
    }
  }
  return weights.toTensor();
}
`;
