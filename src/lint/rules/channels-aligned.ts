import type { Fix } from "../../diagnostics/diagnostic.ts";
import { asMap, channelsOf } from "../../ir/shape.ts";
import { counted } from "../../text/counted.ts";
import { replace } from "../edits.ts";
import type { LinearStep } from "../linear-steps.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentCause, argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Reports numbers of filters that leave a part of the hardware idle. */
export const channelsAligned: NetworkRule = {
  id: "channels-aligned",
  over: "network",
  category: "portability",
  severity: "info",
  summary: "A number of filters that is no multiple of what the hardware works on at once",
  why: "The WebGPU kernels of tf.js read four channels at once, and only one if 4 does not divide their number. Accelerators work on 4 (TI), 8, 16 (Axis) or 32 (Qualcomm) channels and pad the rest with zeros. There a few more channels cost nothing, and are often faster. The number is 4 unless the configuration sets another lane. Layers of one pixel are exempt, because they cost little, and so are layers that give an output, because the task says how many channels it has.",
  source:
    "tfjs-backend-webgpu 4.22, conv2d_mm (isVec4) and DepthwiseConv2dNative; Qualcomm's HTP guidelines on channels; Axis' guide for ARTPEC-9; TI's NPU guide.",
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 30 act=relu\n  conv 3x3 32 act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 32 act=relu\n  conv 3x3 32 act=relu\n}\n`,
  near: `// The output is one map of where the eyes are, and another channel would mean nothing.
network N {
  input image [32, 32, 3]
  conv 3x3 32 act=relu
  conv 1x1 1 act=sigmoid
}
`,
  check(context) {
    const { lane } = context;
    const answers = new Set(context.graph.outputs.map((output) => output.node));
    const odd = context.steps.filter(({ node, last }) => {
      const map = asMap(node.shape);
      return (
        node.op === "conv" &&
        !answers.has(node.id) &&
        !answers.has(last.id) &&
        map !== null &&
        map.h * map.w > 1 &&
        map.c % lane !== 0
      );
    });
    const placeOf = ({ node }: LinearStep) => {
      const origin = argumentCause(context, node, "filters");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(odd, placeOf).map(([span, [step, ...others]]) => {
      const channels = channelsOf(step.node.shape);
      const better = Math.ceil(channels / lane) * lane;
      const fix = fixOf(context, step, better);
      return {
        span,
        message: `"${step.node.path}" has ${channels} filters, and the hardware works on ${lane} at once: ${better - channels} of ${better} lanes are idle${others.length === 0 ? "" : `, as in ${counted(others.length, "more layer")}`}.`,
        hint: `Use ${better - lane > 0 ? `${better - lane} or ` : ""}${better}.`,
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

function fixOf(context: NetworkContext, { node }: LinearStep, better: number): Fix | null {
  const origin = argumentOrigin(context, node, "filters");
  const literal = origin?.expression.kind === "number" && origin.expression.value === channelsOf(node.shape);
  return literal && !origin.scope.file.fromLibrary
    ? { message: `Make it ${better}`, edits: [replace(origin.expression.span, String(better))], safety: "suggestion" }
    : null;
}
