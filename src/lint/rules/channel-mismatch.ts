import type { CompilerRule } from "../rule.ts";

/** Channels that do not fit what feeds them. */
export const channelMismatch: CompilerRule = {
  id: "channel-mismatch",
  over: "compiler",
  codes: ["shape/join", "shape/mismatch", "shape/slice"],
  category: "correctness",
  severity: "error",
  summary: "Channels that differ from what feeds them, at a join, a slice or a stated shape",
  why: "A layer takes its input channels from what stands before it, so they cannot be written wrongly. What can disagree are the paths of a branch, the channels that a slice cuts, and a shape stated by an arrow; the compiler names both numbers.",
  source: "mmpose issue 1905, mmrotate issue 289, VainF/DeepLabV3Plus-Pytorch issue 136.",
  bad: `network N {\n  input image [32, 32, 4]\n  branch add {\n    path { }\n    path { conv 3x3 8 }\n  }\n}\n`,
  good: `network N {\n  input image [32, 32, 4]\n  branch add {\n    path { }\n    path { conv 3x3 4 }\n  }\n}\n`,
  near: `// mul takes a 1x1xC value beside a map.
network N {
  input image [32, 32, 4]
  branch mul {
    path { }
    path {
      pool avg
      conv 1x1 4 act=sigmoid
    }
  }
}
`,
};
