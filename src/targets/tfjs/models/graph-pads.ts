import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { mapOf, type Shape } from "../../../ir/shape.ts";
import { word, type GraphWriter } from "./graph-writer.ts";

/** Writes a pad. TensorFlow reflects, but repeats no border: those rows and columns are gathered. Channels are always constant. */
export function writePad(writer: GraphWriter, name: string, node: ShapedNodeOf<"pad">, x: string, input: Shape): void {
  const { add, ints, scalar } = writer;
  const { margins, channels, mode, value } = node;
  const paddings = (around: readonly number[], deep: readonly number[]) =>
    ints("paddings", [0, 0, ...around, ...deep], [4, 2]);
  if (mode === "constant") {
    add(name, "PadV2", [x, paddings(margins, channels), scalar(value)]);
    return;
  }
  const deeper = channels.some((count) => count > 0);
  const widened = deeper ? `${name}/map` : name;
  const map =
    mode === "reflect"
      ? add(widened, "MirrorPad", [x, paddings(margins, [0, 0])], { mode: word("reflect") })
      : writeReplicas(writer, widened, node, x, input);
  if (deeper) add(name, "PadV2", [map, paddings([0, 0, 0, 0], channels), scalar(value)]);
}

function writeReplicas(
  { add, ints }: GraphWriter,
  name: string,
  { margins: [top, bottom, left, right] }: ShapedNodeOf<"pad">,
  x: string,
  input: Shape,
): string {
  const { h, w } = mapOf(input);
  const places = (before: number, extent: number, after: number) =>
    ints(
      "places",
      Array.from({ length: before + extent + after }, (_unused, i) => Math.min(extent - 1, Math.max(0, i - before))),
    );
  const rows = add(`${name}/rows`, "GatherV2", [x, places(top, h, bottom), ints("axis", 1)]);
  return add(name, "GatherV2", [rows, places(left, w, right), ints("axis", 2)]);
}
