import { refused, shaped, type ShapeResult } from "../op-definition.ts";
import { formatShape, sameShape, type Shape } from "../shape.ts";
import { effectiveKernel, type Pads, type Window } from "../window.ts";

/** Rejects a vector as input of an op that slides over rows and columns. */
export function wantsMap(op: string, input: Shape): ShapeResult {
  return refused(
    "shape/rank",
    `"${op}" requires a map of height, width and channels, but its input is a vector of ${formatShape(input)}.`,
    `Move it before the "flatten" or "squeeze".`,
  );
}

/** Rejects a window that is larger than the padded map. */
export function collapsed(op: string, window: Window, input: Shape): ShapeResult {
  const kernel = window.kernel.map((extent, axis) => effectiveKernel(extent, window.dilation[axis] ?? 1));
  return refused(
    "shape/collapse",
    `The ${kernel.join("x")} window of "${op}" does not fit on its ${formatShape(input)} input.`,
    `Pad it ("padding=same"), use a smaller kernel, or remove a stride before it.`,
  );
}

/** Rejects a pool with a window that covers only padding. Such a window has neither an average nor a maximum. */
export function onPaddingAlone(op: string, { kernel }: Window, pads: Pads, input: Shape): ShapeResult {
  return refused(
    "shape/padding",
    `A ${kernel.join("x")} window of "${op}" covers only padding: the padding is ${pads.join(", ")} (top, bottom, left, right) around its ${formatShape(input)} input.`,
    `Pad each side by less than the kernel.`,
  );
}

/** Returns the shape that all inputs of a join have, or rejects the first input with another shape. */
export function equalShapes(join: string, inputs: readonly Shape[]): ShapeResult {
  const [first = [], ...rest] = inputs;
  const odd = rest.findIndex((shape) => !sameShape(first, shape));
  if (odd < 0) return shaped(first);
  return refused(
    "shape/join",
    `"${join}" requires equal shapes: path 1 gives ${formatShape(first)}, path ${odd + 2} gives ${formatShape(rest[odd] ?? [])}.`,
    "Give the paths the same stride and the same number of filters.",
  );
}
