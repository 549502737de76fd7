import type { Fix } from "../../diagnostics/diagnostic.ts";
import { nodeAt, type ShapedNode, type ShapedNodeOf } from "../../ir/graph.ts";
import { asMap } from "../../ir/shape.ts";
import { replace } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import { stageRows } from "../stage-rows.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { argumentOrigin, layerOf, statementPlace } from "../trace-places.ts";

type Pool = ShapedNodeOf<"pool">;

/** Reports a head or a dilation that was made for another total stride than the network has. */
export const outputStrideMismatch: NetworkRule = {
  id: "output-stride-mismatch",
  over: "network",
  category: "correctness",
  severity: "error",
  summary: "The kernel of the last pool or a dilation is wrong for the network's total stride",
  why: "A pool of 7x7 before the head is global only for images of 224 pixels. For other sizes it leaves pixels unread, or makes a map where a vector was meant. pool avg without a kernel fits every size. A network that is made dense for segmentation removes a stride for each dilation that it adds. With both, or with neither, the features have another scale than the weights were trained at.",
  source: "pytorch/vision issue 7956; slim's output_stride; timm turns strides into dilations.",
  bad: `network N {\n  param size = 256\n  input image [size, size, 3]\n  conv 32x32 16 stride=32 padding=same act=relu\n  pool avg 7x7\n  flatten\n  dense 10\n}\n`,
  good: `network N {\n  param size = 256\n  input image [size, size, 3]\n  conv 32x32 16 stride=32 padding=same act=relu\n  pool avg\n  flatten\n  dense 10\n}\n`,
  near: `// 224 pixels at a stride of 32 are a map of 7x7, and the pool reads it whole.
network N {
  param size = 224
  input image [size, size, 3]
  conv 32x32 16 stride=32 padding=same act=relu
  pool avg 7x7
  flatten
  dense 10
}
`,
  check(context) {
    return [...fixedPools(context), ...dilations(context)];
  },
};

/** Reports average pools before the head that do not cover the whole map. */
function fixedPools(context: NetworkContext): readonly Finding[] {
  return context.graph.nodes.flatMap((node): readonly Finding[] => {
    if (node.op !== "pool" || node.mode !== "avg" || !leadsToHead(context, node)) return [];
    const [input] = node.inputs;
    const map = input === undefined ? null : asMap(nodeAt(context.index, input).shape);
    if (map === null || (map.h === node.kernel[0] && map.w === node.kernel[1])) return [];
    const out = asMap(node.shape) ?? { h: 0, w: 0 };
    const read = Math.min(map.h, node.kernel[0] * out.h) * Math.min(map.w, node.kernel[1] * out.w);
    const stride = context.strides.get(node.inputs[0] ?? -1)?.[0] ?? 1;
    const fix = globalFix(context, node);
    return [
      {
        span: argumentOrigin(context, node, "kernel")?.span ?? statementPlace(context, node),
        message: `The last pool is ${node.kernel.join("x")}, and the map at a total stride of ${stride} is ${map.h}x${map.w}: ${out.h * out.w === 1 ? `it reads ${read} of ${map.h * map.w} pixels` : `${out.h}x${out.w} values a channel are left`}.`,
        hint: 'Write "pool avg" without a kernel: it covers whatever map there is.',
        ...(fix === null ? {} : { fix }),
      },
    ];
  });
}

/** True if only reshapes and dropout stand between the pool and a dense layer or the output. */
function leadsToHead({ uses }: NetworkContext, pool: Pool): boolean {
  let flattened = false;
  let readers: readonly ShapedNode[] = uses.get(pool.id) ?? [];
  for (;;) {
    const [reader, ...others] = readers;
    if (reader === undefined) return flattened;
    if (others.length > 0) return false;
    if (reader.op === "dense") return true;
    if (reader.op === "flatten" || reader.op === "squeeze") flattened = true;
    else if (reader.op !== "dropout") return false;
    readers = uses.get(reader.id) ?? [];
  }
}

function globalFix(context: NetworkContext, pool: Pool): Fix | null {
  const layer = layerOf(context, pool);
  const kernel = layer?.statement.positional[1];
  if (layer === null || kernel === undefined || layer.scope.file.fromLibrary) return null;
  const mode = layer.statement.positional[0];
  if (mode === undefined) return null;
  const end = layer.statement.attributes.at(-1)?.span.end ?? kernel.span.end;
  return {
    message: "Average over the whole map",
    edits: [replace({ ...kernel.span, start: mode.span.end, end }, "")],
    safety: "suggestion",
  };
}

/** Reports rows whose dilation is not the product of the strides removed before them. */
function dilations(context: NetworkContext): readonly Finding[] {
  let owed = 1;
  return (stageRows(context) ?? []).flatMap(({ row, channels, stride, expected, dilation }): readonly Finding[] => {
    // A stride that the family has and this network lacks is owed as a dilation from here on.
    owed *= expected / stride;
    if (dilation === 1 || dilation === owed) return [];
    return [
      {
        span: row.instances[0].span,
        message: `The row of ${channels} channels is dilated by ${dilation}, and the strides removed before it come to ${owed}.`,
        hint: owed > 1 ? `Dilate it by ${owed}.` : "Remove a stride for the dilation, or leave the dilation out.",
      },
    ];
  });
}
