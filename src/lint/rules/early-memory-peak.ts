import { activationMemory } from "../../analysis/memory.ts";
import { groupLayers } from "../../analysis/group-layers.ts";
import { grouped } from "../../text/grouped.ts";
import type { NetworkRule } from "../rule.ts";
import { statementPlace } from "../trace-places.ts";

/** A peak is reported from this many times the need of the later layers on. */
const factor = 2;

/** Reports an early layer that needs far more memory than all later ones. */
export const earlyMemoryPeak: NetworkRule = {
  id: "early-memory-peak",
  over: "network",
  category: "efficiency",
  severity: "off",
  summary: "An early layer that needs far more memory than all later ones",
  why: "The layer that needs most memory decides what a microcontroller must hold, and in mobile networks it is one of the first. The depthwise conv of MobileNetV2's second block holds 6 MB, and all blocks from the fourth stage on hold less than 1.5 MB. A larger stride, fewer channels at the start or patch-by-patch inference lowers the need of the whole network. A peak is reported if it is at least twice what the second half needs.",
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
        message: `"${group.path}" holds ${grouped(peakBytes)} bytes, and no layer of the second half holds more than ${grouped(later)}.`,
        hint: "Use an earlier stride, or give the first layers fewer channels.",
      },
    ];
  },
};
