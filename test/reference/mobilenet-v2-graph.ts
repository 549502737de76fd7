import type { NodeId, ShapedGraph } from "../../src/ir/graph.ts";
import { graphBuilder, type ConvOptions } from "../support/graph-builder.ts";

/** Sandler et al. 2018, Table 2: expansion, channels, repeats, first stride. */
const ROWS = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** MobileNetV2 at width 1 as a training graph, residual adds included, built without the compiler in front. */
export function mobileNetV2(size: number, classes: number): ShapedGraph {
  const g = graphBuilder("MobileNetV2", [size, size, 3]);
  const normed = (path: string, value: NodeId, active: boolean) => {
    const norm = g.norm(path, value);
    return active ? g.act(path, norm, "relu6") : norm;
  };
  const conv = (path: string, from: NodeId, filters: number, options: ConvOptions, active = true) =>
    normed(path, g.conv(path, from, filters, { bias: false, ...options }), active);
  let value = conv("stem", g.input, 32, { kernel: 3, stride: 2 });
  let channels = 32;
  for (const [row, [t, filters, repeats, first]] of ROWS.entries()) {
    for (let i = 0; i < repeats; i++) {
      const path = `bottleneck${row + 1}_${i + 1}`;
      const stride = i === 0 ? first : 1;
      const start = value;
      if (t > 1) value = conv(`${path}/expand`, value, t * channels, {});
      value = normed(`${path}/depthwise`, g.depthwise(`${path}/depthwise`, value, { bias: false, stride }), true);
      value = conv(`${path}/project`, value, filters, {}, false);
      if (stride === 1 && channels === filters) value = g.push(`${path}/add`, { op: "add" }, [start, value]);
      channels = filters;
    }
  }
  value = conv("last", value, 1280, {});
  value = g.push("pool", { op: "global_pool", mode: "avg" }, [value]);
  value = g.push("flatten", { op: "flatten" }, [value]);
  value = g.dense("dense", value, classes);
  return g.shaped(g.act("dense", value, "softmax"));
}
