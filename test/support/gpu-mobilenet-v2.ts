import type { LoweredGraph, NodeId } from "../../src/ir/graph.ts";
import { graphBuilder } from "./graph-builder.ts";

/** t, c, n, s: Sandler et al. 2018, Table 2. */
const ROWS = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/**
 * Returns the graph of MobileNetV2 at width 1.0, built by hand, so that its tests do not depend on the compiler of
 * specs.
 */
export function mobileNetV2(size = 224, classes = 1000): LoweredGraph {
  const builder = graphBuilder("MobileNetV2", [size, size, 3]);
  const layer = (path: string, from: NodeId, act: boolean) => {
    const normed = builder.norm(path, from);
    return act ? builder.act(path, normed, "relu6") : normed;
  };
  const stem = builder.conv("stem", builder.input, 32, { kernel: 3, stride: 2, bias: false });
  let value = layer("stem", stem, true);
  let channels = 32;
  ROWS.forEach(([t, c, n, s], row) => {
    for (let repeat = 1; repeat <= n; repeat++) {
      const path = `bottleneck${row + 1}_${repeat}`;
      const stride = repeat === 1 ? s : 1;
      const from = value;
      value = builder.block(path, from, "auto", [stride, stride], () => {
        const expand = `${path}/expand`;
        const wide = t === 1 ? from : layer(expand, builder.conv(expand, from, t * channels, { bias: false }), true);
        const dw = `${path}/depthwise`;
        const mixed = layer(dw, builder.depthwise(dw, wide, { stride, bias: false }), true);
        const project = `${path}/project`;
        return layer(project, builder.conv(project, mixed, c, { bias: false }), false);
      });
      channels = c;
    }
  });
  value = layer("last", builder.conv("last", value, 1280, { bias: false }), true);
  value = builder.push("head/pool", { op: "global_pool", mode: "avg" }, [value]);
  value = builder.push("head/flatten", { op: "flatten" }, [value]);
  value = builder.act("head/dense", builder.dense("head/dense", value, classes), "softmax");
  return builder.lowered(value);
}
