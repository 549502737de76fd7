import type { ShapedNodeOf } from "../../ir/graph.ts";
import type { OnnxWriter } from "./onnx-writer.ts";

/** Writes a pad. Channels are always constant, so a map that is mirrored or repeated gets them in a node of their own. */
export function writePad({ add, ints, scalar }: OnnxWriter, name: string, node: ShapedNodeOf<"pad">, x: string): void {
  const [top, bottom, left, right] = node.margins;
  const [before, after] = node.channels;
  const constant = (margins: readonly number[], from: string): string =>
    add(name, "Pad", [from, ints(margins), scalar(node.value)], { mode: "constant" });
  if (node.mode === "constant") {
    constant([0, before, top, left, 0, after, bottom, right], x);
    return;
  }
  const deeper = before + after > 0;
  const mode = node.mode === "reflect" ? "reflect" : "edge";
  const margins = ints([0, 0, top, left, 0, 0, bottom, right]);
  const map = add(deeper ? `${name}/map` : name, "Pad", [x, margins], { mode });
  if (deeper) constant([0, before, 0, 0, 0, after, 0, 0], map);
}
