// Generated from the lexer's tokens by npm run generate.

/** What a stretch of text is to a reader. */
export type HighlightKind =
  | "doc"
  | "comment"
  | "string"
  | "badString"
  | "dims"
  | "number"
  | "range"
  | "badNumber"
  | "declaration"
  | "typeName"
  | "extent"
  | "control"
  | "operatorWord"
  | "constant"
  | "label"
  | "labelMark"
  | "attribute"
  | "assignment"
  | "function"
  | "operation"
  | "symbol"
  | "name"
  | "rowSeparator"
  | "column"
  | "operator"
  | "bracket"
  | "brace"
  | "comma";

/** Regular expressions in the order in which they are tried; none crosses a line's end. */
export const highlightRules: readonly {
  readonly pattern: string;
  /** The kind of the whole match, or of each group if there are several groups. */
  readonly kinds: HighlightKind | readonly HighlightKind[];
}[] = [
  { pattern: "\\/\\/\\/(?!\\/)[^\\r\\n]*", kinds: "doc" },
  { pattern: "\\/\\/[^\\r\\n]*", kinds: "comment" },
  { pattern: '"(?:[^"\\\\\\x00-\\x1f]|\\\\(?:["\\\\/bfnrt]|u[0-9A-Fa-f]{4}))*"', kinds: "string" },
  { pattern: '"(?:[^"\\\\\\r\\n]|\\\\[^\\r\\n])*\\\\?', kinds: "badString" },
  { pattern: "[0-9]+(?:x[0-9]+)+(?![A-Za-z0-9_]|\\.(?!\\.))", kinds: "dims" },
  { pattern: "[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[KMG]?(?![A-Za-z0-9_]|\\.(?!\\.))", kinds: "number" },
  { pattern: "\\.\\.", kinds: "range" },
  { pattern: "(?:[0-9]|\\.[0-9])(?:[eE][+-](?=[0-9])|[A-Za-z0-9_]|\\.(?!\\.))*", kinds: "badNumber" },
  {
    pattern:
      "\\b(network|block)\\s+(?!\\b(?:network|block|param|let|input|output|default|assert|import|if|else|branch|path|in|first|and|or|not|true|false)\\b)([A-Za-z_][A-Za-z0-9_]*)",
    kinds: ["declaration", "typeName"],
  },
  { pattern: "\\bin\\.[hwc]\\b", kinds: "extent" },
  { pattern: "\\b(?:network|block|param|let|input|output|default|assert|import)\\b", kinds: "declaration" },
  { pattern: "\\b(?:if|else|branch|path|in|first)\\b", kinds: "control" },
  { pattern: "\\b(?:and|or|not)\\b", kinds: "operatorWord" },
  { pattern: "\\b(?:true|false)\\b", kinds: "constant" },
  { pattern: "([A-Za-z_][A-Za-z0-9_]*)\\s*(:)", kinds: ["label", "labelMark"] },
  { pattern: "([A-Za-z_][A-Za-z0-9_]*)\\s*(=)(?!=)", kinds: ["attribute", "assignment"] },
  { pattern: "[A-Za-z_][A-Za-z0-9_]*(?=\\()", kinds: "function" },
  {
    pattern:
      "(?:^|(?<=[{}:]))[ \\t]*(?!\\b(?:network|block|param|let|input|output|default|assert|import|if|else|branch|path|in|first|and|or|not|true|false)\\b)([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_]|[ \\t]*(?::|=(?!=)|\\())",
    kinds: ["operation"],
  },
  {
    pattern:
      "\\b(?:auto|always|never|same|valid|torch|batch|layer|rms|group|instance|none|relu|relu6|leaky_relu|prelu|elu|selu|softplus|swish|mish|hswish|sigmoid|hsigmoid|tanh|gelu|softmax|log_softmax|he_normal|he_uniform|glorot_normal|glorot_uniform|zeros|ones|normal|truncated_normal|constant|avg|max|response|hwc|hcw|whc|wch|chw|cwh|nearest|bilinear|bicubic|half_pixel|align_corners|asymmetric|tensorflow|reflect|replicate)\\b",
    kinds: "symbol",
  },
  { pattern: "[A-Za-z_][A-Za-z0-9_]*", kinds: "name" },
  { pattern: "\\|(?:[ \\t]*:?-+:?[ \\t]*\\|)+", kinds: "rowSeparator" },
  { pattern: "\\|", kinds: "column" },
  { pattern: "\\->|==|!=|<=|>=|\\+|\\-|\\*|\\/|\\.|=|<|>|%", kinds: "operator" },
  { pattern: "\\(|\\)|\\[|\\]", kinds: "bracket" },
  { pattern: "\\{|\\}", kinds: "brace" },
  { pattern: ",", kinds: "comma" },
  { pattern: ":", kinds: "labelMark" },
];
