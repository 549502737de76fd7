import { inferenceGraph } from "../../passes/pipeline.ts";
import { limitExcesses, type LimitExcess } from "../../targets/webgpu/plan-details.ts";
import { WEBGPU_CORE, type LimitProfile } from "../../targets/webgpu/plan-choices.ts";
import { planNetwork } from "../../targets/webgpu/plan-network.ts";
import type { Span } from "../../text/span.ts";
import type { NetworkContext } from "../network-context.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { groupByPlace, layerOf, statementPlace } from "../trace-places.ts";

/** Reports layers that a device of a requested profile would refuse. */
export const limitExceeded: NetworkRule = {
  id: "limit-exceeded",
  over: "network",
  category: "portability",
  severity: "error",
  summary: "A layer that needs more of a WebGPU device than its limits grant",
  why: "A device refuses a dispatch that binds too large a buffer, starts too many workgroups or needs too much workgroup memory. It says so only when the page runs, and names a kernel that nobody wrote. Every device grants the limits of webgpu-core; a profile says what more a kind of adapter grants. mnet.config.json or --limits names the profiles that a spec is held to.",
  source:
    "WebGPU, 3.6.2, supported limits (https://www.w3.org/TR/webgpu/#limits); docs/lint.md says where each profile is from.",
  settings: { limits: [WEBGPU_CORE] },
  bad: `network N {\n  input image [2048, 2048, 3]\n  conv 3x3 12 act=relu padding=torch\n  conv 9x9 16 stride=8 act=relu padding=torch\n  pool avg\n  flatten\n  dense 10\n}\n`,
  good: `network N {\n  input image [2048, 2048, 3]\n  conv 5x5 12 stride=4 act=relu padding=torch\n  conv 3x3 16 stride=2 act=relu padding=torch\n  pool avg\n  flatten\n  dense 10\n}\n`,
  near: `// 2048 x 2048 x 8 values of 4 bytes are exactly the 128 MiB that one binding may have.
network N {
  input image [2048, 2048, 3]
  conv 3x3 8 act=relu padding=torch
  conv 9x9 16 stride=8 act=relu padding=torch
  pool avg
  flatten
  dense 10
}
`,
  check(context) {
    return context.limits.flatMap((limits) => judge(context, limits));
  },
};

function judge(context: NetworkContext, limits: LimitProfile): readonly Finding[] {
  const inference = inferenceGraph(context.graph, () => undefined);
  const { schedule, chosen } = planNetwork(inference, { limits });
  const programs = chosen.map(({ program }) => program);
  const excesses = limitExcesses(schedule, programs, limits);
  return groupByPlace(excesses, (excess) => placeOf(context, excess)).map(([span, [first, ...others]]) => ({
    span,
    message: others.length === 0 ? first.message : `${first.message.slice(0, -1)}; ${others.length} more here.`,
    hint: first.hint,
  }));
}

/** Returns the row or statement of the network that the layer comes from. */
function placeOf(context: NetworkContext, { step }: LimitExcess): Span {
  const [node] = step.covers;
  if (node === undefined) return step.span;
  return layerOf(context, node)?.scope.useSite ?? statementPlace(context, node);
}
