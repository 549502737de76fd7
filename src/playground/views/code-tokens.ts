export type CodeKind = "comment" | "string" | "number" | "keyword" | "plain";

export interface CodeToken {
  readonly kind: CodeKind;
  readonly text: string;
}

const keywords =
  "alias|as|async|await|break|case|class|const|continue|const_assert|diagnostic|discard|else|enable|export|extends|fn|for|from|function|if|import|in|interface|let|loop|new|of|override|readonly|return|struct|super|switch|this|type|typeof|var|while";

const pattern = new RegExp(
  [
    "(?<comment>//[^\\n]*|/\\*[\\s\\S]*?\\*/)",
    "(?<string>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`)",
    "(?<number>\\b0x[\\da-fA-F]+[uif]?|\\b\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?[uifh]?\\b)",
    `(?<keyword>\\b(?:${keywords})\\b|@[a-z_]+)`,
  ].join("|"),
  "g",
);

/** Splits TypeScript or WGSL that mnet wrote into tokens for colouring. The concatenated tokens equal the text. */
export function codeTokens(text: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const [found] = match;
    if (match.index > last) tokens.push({ kind: "plain", text: text.slice(last, match.index) });
    const kind = (["comment", "string", "number", "keyword"] as const).find(
      (name) => match.groups?.[name] !== undefined,
    );
    tokens.push({ kind: kind ?? "plain", text: found });
    last = match.index + found.length;
  }
  if (last < text.length) tokens.push({ kind: "plain", text: text.slice(last) });
  return tokens;
}
