import type { CompilerRule } from "../rule.ts";

/** A figure other than the spec states. */
export const expectationMismatch: CompilerRule = {
  id: "expectation-mismatch",
  over: "compiler",
  codes: ["assert/failed"],
  category: "correctness",
  severity: "error",
  summary: "A stated figure that the network does not have",
  why: "A paper's count beside the spec finds what no other check does: a stride on the wrong row leaves every shape in order and costs 430 M multiply-adds where the paper says 300 M. A spec states it by assert params, macs, memory or shape, and the compiler compares.",
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
