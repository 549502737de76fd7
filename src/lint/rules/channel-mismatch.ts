import type { CompilerRule } from "../rule.ts";

/** Reports channels that do not fit. The compiler finds them. */
export const channelMismatch: CompilerRule = {
  id: "channel-mismatch",
  over: "compiler",
  codes: ["shape/block", "shape/join", "shape/mismatch", "shape/reshape", "shape/slice"],
  category: "correctness",
  severity: "error",
  summary: "Channels that do not fit at a join, a slice or a stated shape",
  why: "A layer takes the number of its input channels from the layer before it, so that number cannot be written wrongly. Three other numbers can: the channels of a branch's paths, the channels that a slice keeps, and a shape that is stated after an arrow. The compiler names both sides.",
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
