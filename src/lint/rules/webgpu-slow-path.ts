import type { ShapedNodeOf } from "../../ir/graph.ts";
import { asMap } from "../../ir/shape.ts";
import type { Span } from "../../text/span.ts";
import { shortCount } from "../short-count.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

type Depthwise = ShapedNodeOf<"depthwise">;

/** A small map is reported from this share of the network's multiply-adds on. */
const least = 0.1;

/** Reports depthwise convs that tf.js computes one channel at a time. */
export const webgpuSlowPath: NetworkRule = {
  id: "webgpu-slow-path",
  over: "network",
  category: "portability",
  severity: "info",
  summary: "A depthwise conv that tf.js' WebGPU backend computes one channel at a time",
  why: "The WebGPU backend of tf.js has a depthwise kernel that reads four channels at once. It uses that kernel only for a multiplier of 1, no dilation and a map larger than 4x4. Every other depthwise conv goes through the general kernel, which is several times slower for each multiply-add. mnet's own WebGPU target has no such limit. Small maps are reported from a tenth of the multiply-adds on.",
  source: "tfjs-backend-webgpu 4.22, DepthwiseConv2dNative.",
  bad: `network N {\n  input image [32, 32, 16]\n  conv 1x1 32 act=relu\n  depthwise 3x3 dilation=2 act=relu\n  pool avg\n}\n`,
  good: `network N {\n  input image [32, 32, 16]\n  conv 1x1 32 act=relu\n  depthwise 5x5 act=relu\n  pool avg\n}\n`,
  near: `// The map is small, but this depthwise conv has less than a tenth of the multiply-adds.
network N {
  input image [4, 4, 64]
  conv 1x1 128 act=relu
  depthwise 3x3 act=relu
  conv 1x1 128 act=relu
  pool avg
}
`,
  check(context) {
    const slow = context.steps.flatMap(({ node }) => {
      const why = node.op === "depthwise" ? reasonOf(node) : null;
      return node.op === "depthwise" && why !== null ? [{ node, ...why }] : [];
    });
    const macsOf = (nodes: readonly { readonly node: Depthwise }[]) =>
      nodes.reduce((sum, { node }) => sum + (context.counts.get(node.id)?.macs ?? 0), 0);
    const placeOf = ({ node, key }: (typeof slow)[number]) => placeOfKey(context, node, key);
    return groupByPlace(slow, placeOf).flatMap(([span, group]) => {
      const [{ node, key, reason }] = group;
      const macs = macsOf(group);
      if (key === null && macs < least * context.macs) return [];
      return [
        {
          span,
          message: `"${node.path}" ${reason}, which tf.js' fast kernel does not take${group.length === 1 ? "" : `, and so do ${group.length - 1} more`}: ${shortCount(macs)} multiply-adds go one channel at a time.`,
          hint:
            key === null
              ? "Use a larger image or fewer strides, or mnet's own WebGPU target."
              : `Leave ${key} at 1, or use mnet's own WebGPU target.`,
        },
      ];
    });
  },
};

function reasonOf({ multiplier, dilation, shape }: Depthwise) {
  if (multiplier > 1) return { key: "multiplier", reason: `makes ${multiplier} maps of each channel` } as const;
  if (dilation.some((factor) => factor > 1))
    return { key: "dilation", reason: `is dilated by ${dilation.join("x")}` } as const;
  const map = asMap(shape);
  return map !== null && (map.h <= 4 || map.w <= 4)
    ? ({ key: null, reason: `makes a map of ${map.h}x${map.w}` } as const)
    : null;
}

function placeOfKey(context: NetworkContext, node: Depthwise, key: string | null): Span {
  const origin = key === null ? null : argumentOrigin(context, node, key);
  return origin === null ? (key === null ? node.span : statementPlace(context, node)) : originPlace(origin);
}
