import type { CompilerRule } from "../rule.ts";

/** Reports groups that do not divide the channels. The compiler finds them. */
export const groupsDivide: CompilerRule = {
  id: "groups-divide",
  over: "compiler",
  codes: ["shape/groups"],
  category: "correctness",
  severity: "error",
  summary: "Groups that do not divide the channels",
  why: "Each group of a conv or a shuffle takes an equal share of the channels. With a width multiplier the channels often have no equal shares. divisible(c * width, 8) gives channels that 2, 4 and 8 groups divide.",
  source: "timm's assertion on num_groups; slim's _split_divisible.",
  bad: `network N {\n  param width = 0.75\n  input image [32, 32, 3]\n  conv 1x1 floor(20 * width)\n  conv 3x3 16 groups=2\n}\n`,
  good: `network N {\n  param width = 0.75\n  input image [32, 32, 3]\n  conv 1x1 divisible(20 * width, 8)\n  conv 3x3 16 groups=2\n}\n`,
  near: `// 4 groups divide the 12 channels and the 8 filters: neither has to divide the other.
network N {
  input image [32, 32, 3]
  conv 1x1 12 act=relu
  conv 3x3 8 groups=4
}
`,
};
