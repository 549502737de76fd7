import type { CompilerRule } from "../rule.ts";

/** Reports keys that other tools drop silently. The compiler finds them. */
export const unknownOption: CompilerRule = {
  id: "unknown-option",
  over: "compiler",
  codes: [
    "name/unknown-attribute",
    "attribute/setting",
    "attribute/unused",
    "syntax/duplicate-key",
    "syntax/row-width",
    "table/duplicate-column",
    "call/argument-count",
    "call/argument-twice",
    "call/argument-missing",
  ],
  category: "correctness",
  severity: "error",
  summary: "An attribute, setting or column that is unknown, given twice or has no effect",
  why: "If a misspelt key is dropped without a message, the network is not the one that was written, and nothing says so. mnet compiles no spec with a key that it does not know.",
  source:
    'timm\'s _decode_block_str drops unknown keys and lets the last duplicate win; darknet only prints "Unused field"; detectron2 issue 3187.',
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 strides=2\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 stride=2 padding=same\n}\n`,
  near: `// The default padding has an effect: the second conv takes it.
network N {
  input image [32, 32, 3]
  default conv padding=same
  conv 3x3 8 stride=2 padding=torch act=relu
  conv 3x3 8 stride=2 act=relu
}
`,
};
