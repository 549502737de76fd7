import { error, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import { rounded } from "../../text/rounded.ts";
import type { Affine } from "./affine.ts";

/** True if two numbers are equal to about seven digits. */
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-4 * Math.max(1e-3, Math.abs(a), Math.abs(b));

/**
 * Compares what the spec does to pixels with what the graph does to its input before its first layer. In the graph these are nodes, in
 * the spec `mean` and `std` of the input. A graph does not say whether it is fed pixels of 0 to 255 or of 0 to 1.
 */
export function compareScaling(graph: ShapedGraph, scaling: Affine | null): readonly Diagnostic[] {
  if (scaling === null) return [];
  const { normalization, shape, name } = graph.input;
  const channels = shape.at(-1) ?? 1;
  const at = (list: ArrayLike<number>, c: number) => list[list.length === 1 ? 0 : c]!;
  const all = Array.from({ length: channels }, (_unused, c) => c);
  const agrees = (range: number) =>
    all.every((c) => {
      const mean = at(normalization?.mean ?? [0], c);
      const std = at(normalization?.std ?? [1], c);
      return near(at(scaling.scale, c) / range, 1 / std) && near(at(scaling.shift, c), -mean / std);
    });
  const range = Math.max(...scaling.scale.map(Math.abs)) < 0.2 ? 1 : 255;
  const list = (value: (c: number) => number) => {
    const figures = all.map((c) => rounded(value(c), 6));
    return figures.every((text) => text === figures[0]) ? figures[0]! : `[${figures.join(", ")}]`;
  };
  const std = list((c) => range / at(scaling.scale, c));
  const mean = list((c) => (-range * at(scaling.shift, c)) / at(scaling.scale, c));
  const does = `The checkpoint scales its input by ${list((c) => at(scaling.scale, c))} and adds ${list((c) => at(scaling.shift, c))}`;
  if (agrees(1) || agrees(255)) {
    const message = `${does}. The mean and std of "${name}" do the same here, so the input of the network is the scaled value.`;
    return [{ ...error("weights/input-scaling", graph.span, message), severity: "info" }];
  }
  const own =
    normalization === null
      ? "no mean and std"
      : `mean ${list((c) => at(normalization.mean, c))} and std ${list((c) => at(normalization.std, c))}`;
  const message = `${does}, and "${name}" has ${own}.`;
  const hint = `Write mean=${mean} std=${std} on the input, for pixels of 0 to 255.`;
  return [{ ...error("weights/input-scaling", graph.span, message, { hint }), severity: "warning" }];
}
