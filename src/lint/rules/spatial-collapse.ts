import type { CompilerRule } from "../rule.ts";

/** Reports windows that do not fit their map. The compiler finds them. */
export const spatialCollapse: CompilerRule = {
  id: "spatial-collapse",
  over: "compiler",
  codes: ["shape/collapse", "shape/padding"],
  category: "correctness",
  severity: "error",
  summary: "A window larger than its map, or on padding alone",
  why: "A network for large images loses its last rows on small ones: each stride halves the map until a window no longer fits. The compiler reports the row where that happens.",
  source: "NeuraLint rule 13 and its checks of filter sizes and pools.",
  bad: `network N {\n  input image [8, 8, 3]\n  conv 3x3 8 stride=2 padding=valid act=relu\n  conv 5x5 8 padding=valid\n}\n`,
  good: `network N {\n  input image [16, 16, 3]\n  conv 3x3 8 stride=2 padding=valid act=relu\n  conv 5x5 8 padding=valid\n}\n`,
  near: `// The second window is exactly as large as its map.
network N {
  input image [8, 8, 3]
  conv 3x3 8 stride=2 padding=valid act=relu
  conv 3x3 8 padding=valid
}
`,
};
