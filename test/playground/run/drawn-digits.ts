import type { Stroke } from "../../../src/playground/run/digit-strokes.ts";

/** Points along an arc of an ellipse, angles in turns clockwise from the right. */
function arc(x: number, y: number, rx: number, ry: number, from: number, to: number): Stroke {
  const steps = 16;
  return Array.from({ length: steps + 1 }, (_unused, step) => {
    const angle = 2 * Math.PI * (from + ((to - from) * step) / steps);
    return { x: x + rx * Math.cos(angle), y: y + ry * Math.sin(angle) };
  });
}

function line(...points: readonly (readonly [number, number])[]): Stroke {
  return points.map(([x, y]) => ({ x, y }));
}

/** Digits as a hand draws them, on paper of 100 x 100. */
export const drawnDigits: readonly (readonly Stroke[])[] = [
  [arc(50, 50, 22, 32, -0.25, 0.75)],
  [line([44, 28], [54, 18], [52, 82])],
  [[...arc(50, 34, 20, 17, -0.5, 0.08), ...line([30, 80], [74, 80])]],
  [[...arc(47, 33, 19, 16, -0.45, 0.25), ...arc(47, 66, 22, 17, -0.25, 0.45)]],
  [line([36, 18], [28, 54], [72, 54]), line([62, 20], [58, 84])],
  [[...line([68, 20], [38, 20], [34, 46]), ...arc(46, 62, 24, 20, -0.3, 0.4)]],
  [[...line([62, 16], [44, 36]), ...arc(50, 64, 19, 19, 0.55, 1.55)]],
  [line([26, 22], [72, 22], [44, 84])],
  [[...arc(50, 33, 15, 15, -0.25, -1.25), ...arc(50, 66, 19, 17, -0.25, 0.75)]],
  [[...arc(48, 36, 18, 17, 0, -1), ...line([66, 36], [62, 84])]],
];
