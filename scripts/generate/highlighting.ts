import type { GeneratedFile } from "./generated-file.ts";
import { highlightRules } from "./highlight-rules.ts";

/** The rules as a module, for highlighters that run without the lexer. */
export const highlighting: GeneratedFile = {
  path: "generated/highlighting.ts",
  contents: () => {
    const kinds = [...new Set(highlightRules.flatMap((rule) => rule.kinds))];
    const rules = highlightRules.map(
      (rule) => `{ pattern: ${JSON.stringify(rule.pattern)}, kinds: ${JSON.stringify(rule.kinds)} }`,
    );
    return `// Generated from the lexer's tokens by npm run generate.

/** What a stretch of text is to a reader. */
export type HighlightKind = ${kinds.map((kind) => JSON.stringify(kind)).join(" | ")};

/** Regular expressions in the order in which they are tried; none crosses a line's end. */
export const highlightRules: readonly {
  readonly pattern: string;
  /** The kind of the whole match, or of each group if there are several groups. */
  readonly kinds: HighlightKind | readonly HighlightKind[];
}[] = [${rules.join(",\n")}];
`;
  },
};
