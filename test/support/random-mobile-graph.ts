import type { ActivationName } from "../../src/ir/activation.ts";
import type { LoweredGraph, NodeId } from "../../src/ir/graph.ts";
import { randomSource } from "../../src/weights/random.ts";
import { graphBuilder, type ConvOptions } from "./graph-builder.ts";

const activations: readonly [ActivationName, ...(ActivationName | null)[]] = [
  "relu6",
  "relu6",
  "hswish",
  "relu",
  "swish",
  null,
];

/**
 * Tiny networks with the patterns that are fused: stems, inverted residuals with and without gates, separable convs,
 * fire and ghost modules, dense blocks, and a last conv before a global pool. They have odd sizes and channels,
 * kernels from 1 to 5, strides and dilation.
 */
export function randomMobileGraph(seed: number): LoweredGraph {
  const random = randomSource(seed, "mobile");
  const pick = <T>(choices: readonly [T, ...T[]]): T =>
    choices[Math.floor(random.uniform() * choices.length)] ?? choices[0];
  const size = () => 3 + Math.floor(random.uniform() * 10);
  const builder = graphBuilder("mobile", [size(), size(), pick([3, 4, 1])]);
  const channels = () => pick([4, 8, 3, 6, 12]);
  let count = 0;

  const act = (path: string, from: NodeId, fn = pick<ActivationName | null>(activations)): NodeId =>
    fn === null ? from : builder.act(path, from, fn);
  const layer = (path: string, from: NodeId, filters: number, options: ConvOptions = {}): NodeId =>
    act(path, builder.norm(path, builder.conv(path, from, filters, { bias: false, ...options })));
  const window = () => ({
    kernel: pick([3, 5, [1, 3] as const, 2]),
    ...pick([{ stride: 1 }, { stride: 2 }, { dilation: 2 }]),
    padding: pick(["same", "torch"] as const),
  });
  const still = () => ({ kernel: pick([3, 5]), stride: 1 });

  const gate = (path: string, from: NodeId, width: number): NodeId => {
    const pooled = builder.push(`${path}/pool`, { op: "global_pool", mode: pick(["avg", "max"]) }, [from]);
    const reduced = act(`${path}/reduce`, builder.conv(`${path}/reduce`, pooled, pick([1, 2, 4])), "relu");
    const opened = act(`${path}/open`, builder.conv(`${path}/open`, reduced, width), pick(["sigmoid", "hsigmoid"]));
    return builder.push(
      `${path}/scale`,
      { op: "mul" },
      pick([
        [from, opened],
        [opened, from],
      ]),
    );
  };

  /** Returns the value and its channels. */
  const block = (from: NodeId, width: number): readonly [NodeId, number] => {
    const path = `block${++count}`;
    const kind = pick(["inverted", "inverted", "gated", "gated", "separable", "fire", "dense", "ghost", "ghost"]);
    if (kind === "fire") {
      const squeezed = layer(`${path}/squeeze`, from, channels());
      const [left, right] = [channels(), channels()];
      const parts = [layer(`${path}/left`, squeezed, left), layer(`${path}/right`, squeezed, right, { kernel: 3 })];
      return [builder.push(`${path}/concat`, { op: "concat" }, parts), left + right];
    }
    if (kind === "dense") {
      let [value, total] = [from, width];
      for (const name of ["one", "two"]) {
        const inner = `${path}/${name}`;
        const seen = act(inner, builder.norm(inner, value));
        const more = channels();
        value = builder.push(`${inner}/concat`, { op: "concat" }, [value, builder.conv(inner, seen, more, still())]);
        total += more;
      }
      return [value, total];
    }
    if (kind === "ghost") {
      const wide = channels();
      const primary = layer(`${path}/primary`, from, wide, pick<ConvOptions>([{}, { kernel: 3 }]));
      const cheap = builder.norm(`${path}/cheap`, builder.depthwise(`${path}/cheap`, primary, still()));
      const parts = [primary, act(`${path}/cheap`, cheap)];
      return [builder.push(`${path}/concat`, { op: "concat" }, parts), 2 * wide];
    }
    const keeps = random.uniform() < 0.5;
    const wide = kind === "separable" ? width : channels();
    const expanded = kind === "separable" ? from : layer(`${path}/expand`, from, wide);
    const deep = builder.depthwise(`${path}/depthwise`, expanded, keeps ? still() : window());
    const mixed = act(`${path}/depthwise`, builder.norm(`${path}/depthwise`, deep));
    const gated = kind === "gated" ? gate(`${path}/se`, mixed, wide) : mixed;
    const out = keeps ? width : channels();
    const projected = builder.norm(`${path}/project`, builder.conv(`${path}/project`, gated, out, { bias: false }));
    if (!keeps) return [act(`${path}/project`, projected), out];
    const sum = builder.push(
      `${path}/add`,
      { op: "add" },
      pick([
        [projected, from],
        [from, projected],
      ]),
    );
    return [act(`${path}/sum`, sum), out];
  };

  let width = channels();
  let value = layer("stem", builder.input, width, pick<ConvOptions>([{ kernel: 3, stride: 2 }, { kernel: 3 }, {}]));
  const blocks = 1 + Math.floor(random.uniform() * 2);
  for (let i = 0; i < blocks; i++) [value, width] = block(value, width);
  if (random.uniform() < 0.5) return builder.lowered(value);
  value = builder.push("pool", { op: "global_pool", mode: pick(["avg", "max"]) }, [layer("last", value, channels())]);
  value = builder.push("flatten", { op: "flatten" }, [value]);
  return builder.lowered(act("head", builder.dense("head", value, 5), pick(["softmax", "relu"])));
}
