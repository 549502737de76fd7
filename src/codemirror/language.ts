import { foldService, LanguageSupport, StreamLanguage } from "@codemirror/language";
import { scanAt, type Stretch } from "./scan-line.ts";
import { foldBraces } from "./fold-braces.ts";
import { highlightTags } from "./highlight-tags.ts";

interface LineState {
  /** Number of braces that are open here. The next line is indented that deep. */
  depth: number;
  /** The stretches of the line that are scanned and not yet coloured. */
  pending: readonly Stretch[];
}

/** The language for CodeMirror 6. It colours by the lexer's patterns and indents by braces. No colour depends on the line before. */
export const mnetLanguage = StreamLanguage.define<LineState>({
  name: "mnet",
  startState: () => ({ depth: 0, pending: [] }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (stream.sol()) state.pending = [];
    if (state.pending.length === 0) state.pending = scanAt(stream.string, stream.pos);
    const [next] = state.pending;
    if (next === undefined) {
      if (!stream.eatSpace()) stream.next();
      return null;
    }
    if (stream.pos < next.from) {
      stream.pos = next.from;
      return null;
    }
    stream.pos = next.to;
    state.pending = state.pending.slice(1);
    if (next.kind === "brace") {
      const opens = stream.string.charAt(next.from) === "{";
      state.depth = Math.max(0, state.depth + (opens ? 1 : -1));
    }
    return next.kind;
  },
  indent: ({ depth }, textAfter, { unit }) => unit * Math.max(0, textAfter.startsWith("}") ? depth - 1 : depth),
  tokenTable: highlightTags,
  languageData: {
    commentTokens: { line: "//" },
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
    indentOnInput: /^\s*\}$/,
  },
});

/** Returns the language with folding of `{ … }`, as an extension. */
export function mnet(): LanguageSupport {
  return new LanguageSupport(mnetLanguage, foldService.of(foldBraces));
}
