import { activationMemory } from "../../analysis/memory.ts";
import { groupLayers } from "../../analysis/group-layers.ts";
import { grouped } from "../../text/grouped.ts";
import type { NetworkRule } from "../rule.ts";
import { statementPlace } from "../trace-places.ts";

/** By how much the peak stands above what the later layers need. */
const factor = 2;

/** A block that alone decides how much memory a network needs. */
export const earlyMemoryPeak: NetworkRule = {
  id: "early-memory-peak",
  over: "network",
  category: "efficiency",
  severity: "off",
  summary: "An early layer that needs far more memory than all later ones",
  why: "What a microcontroller must hold is set by the hungriest layer, and in mobile networks that is one of the first: the depthwise conv of MobileNetV2's second block holds 6 MB, all blocks from the fourth stage on less than 1.5 MB. A stronger stride, fewer channels at first or patch-by-patch inference brings the need of the whole network down. Flagged where the peak is twice what the second half needs.",
  source: "Lin et al. 2021 (MCUNetV2), Figure 1.",
  bad: `network N {\n  input image [64, 64, 3]\n  conv 3x3 32 stride=2 padding=same act=relu\n  conv 3x3 64 act=relu\n  conv 3x3 32 stride=2 padding=same act=relu\n  conv 3x3 32 act=relu\n  conv 3x3 32 act=relu\n  conv 3x3 32 act=relu\n  pool avg\n}\n`,
  good: `network N {\n  input image [64, 64, 3]\n  conv 5x5 16 stride=4 padding=same act=relu\n  conv 3x3 32 act=relu\n  conv 3x3 32 act=relu\n  conv 3x3 32 act=relu\n  conv 3x3 32 act=relu\n  pool avg\n}\n`,
  near: `// The peak is early, but later layers need more than half of it.
network N {
  input image [64, 64, 3]
  conv 3x3 32 stride=2 padding=same act=relu
  conv 3x3 48 act=relu
  conv 3x3 32 act=relu
  conv 3x3 32 act=relu
  conv 3x3 32 act=relu
  conv 3x3 32 act=relu
  pool avg
}
`,
  check(context) {
    const groups = groupLayers(context.graph);
    const { steps, peakAt, peakBytes } = activationMemory(context.graph, groups);
    const at = steps.findIndex(({ path }) => path === peakAt);
    const half = Math.floor(steps.length / 2);
    const later = Math.max(0, ...steps.slice(half).map(({ liveBytes }) => liveBytes));
    const group = groups.find(({ path }) => path === peakAt);
    if (at < 0 || at >= half || group === undefined || peakBytes < factor * later) return [];
    return [
      {
        span: statementPlace(context, group.nodes[0]),
        message: `"${group.path}" holds ${grouped(peakBytes)} bytes, and no layer of the second half more than ${grouped(later)}.`,
        hint: "Stride earlier, or give the first layers fewer channels.",
      },
    ];
  },
};
