import { drawGraph } from "../../src/drawing/draw-graph.ts";
import type { Level } from "../../src/drawing/drawing.ts";
import { graphBuilder } from "../support/graph-builder.ts";

/** Names that no spec can write, but a graph made by hand can hold. */
export const hostile = `</title><script>alert(1)</script>"'\\N"];{|}[[#quot;%%\`\u0007\u202e\nx --> y`;

export function hostileLevel(name = hostile): Level {
  const builder = graphBuilder("N", [8, 8, 3]);
  const block = builder.block(`b${name}`, builder.input, "never", [1, 1], () =>
    builder.conv(`b${name}/c${name}`, builder.input, 4),
  );
  return drawGraph(builder.shaped(builder.conv(name, block, 4)));
}
