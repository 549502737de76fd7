import type { CompilerRule } from "../rule.ts";

/** Reports a stated figure that the network does not have. The compiler finds it. */
export const expectationMismatch: CompilerRule = {
  id: "expectation-mismatch",
  over: "compiler",
  codes: ["assert/failed"],
  category: "correctness",
  severity: "error",
  summary: "A stated figure that the network does not have",
  why: "A figure of the paper in the spec finds what no other check does: with a stride on the wrong row every shape fits, and the network costs 430 M multiply-adds instead of the paper's 300 M. A spec states figures by assert params, macs, memory or shape, and the compiler compares them.",
  source: "onnx/models issue 353, tensorflow/models issue 4516.",
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu\n  assert params == 432\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu\n  assert params == 448\n}\n`,
  near: `// 432 weights of the kernel, 16 gammas and 16 betas: moving averages are not counted.
network N {
  input image [32, 32, 3]
  conv 3x3 16 norm=batch act=relu
  assert params == 464
}
`,
};
