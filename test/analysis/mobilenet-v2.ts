import { graphBuilder } from "../support/graph-builder.ts";
import { trainingGraph } from "../../src/passes/pipeline.ts";
import type { NodeId, ShapedGraph } from "../../src/ir/graph.ts";

function divisible(value: number, by: number): number {
  const rounded = Math.max(by, Math.floor((value + by / 2) / by) * by);
  return rounded < 0.9 * value ? rounded + by : rounded;
}

const rows: readonly (readonly [t: number, c: number, n: number, s: number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/** MobileNetV2 (Sandler et al. 2018, Table 2) by hand, apart from the language. */
export function mobileNetV2(width: number, size: number, classes = 1000): ShapedGraph {
  const builder = graphBuilder("MobileNetV2", [size, size, 3]);
  const normed = (path: string, id: NodeId): NodeId => builder.norm(path, id);
  const active = (path: string, id: NodeId): NodeId => builder.act(path, normed(path, id), "relu6");
  const plain = { bias: false };
  let channels = divisible(32 * width, 8);
  let value = active("stem", builder.conv("stem", builder.input, channels, { kernel: 3, stride: 2, ...plain }));
  for (const [row, [t, c, n, s]] of rows.entries()) {
    for (let repeat = 1; repeat <= n; repeat++) {
      const path = `bottleneck${row + 1}_${repeat}`;
      const stride = repeat === 1 ? s : 1;
      const filters = divisible(c * width, 8);
      const input = value;
      const inputChannels = channels;
      value = builder.block(path, input, "auto", [stride, stride], () => {
        const expand = `${path}/expand`;
        const wide = t === 1 ? input : active(expand, builder.conv(expand, input, t * inputChannels, plain));
        const depthwise = active(
          `${path}/depthwise`,
          builder.depthwise(`${path}/depthwise`, wide, { stride, ...plain }),
        );
        return normed(`${path}/project`, builder.conv(`${path}/project`, depthwise, filters, plain));
      });
      channels = filters;
    }
  }
  const filters = Math.max(1280, divisible(1280 * width, 8));
  const last = active("last", builder.conv("last", value, filters, plain));
  const pool = builder.push("head/pool", { op: "global_pool", mode: "avg" }, [last]);
  const flat = builder.push("head/flatten", { op: "flatten" }, [pool]);
  const head = builder.act("head/dense", builder.dense("head/dense", flat, classes), "softmax");
  return trainingGraph(builder.lowered(head), ({ message }) => {
    throw new Error(message);
  });
}
