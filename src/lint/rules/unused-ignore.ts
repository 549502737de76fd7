import type { TextEdit } from "../../diagnostics/diagnostic.ts";
import type { IgnoreComment } from "../ignores/ignore-comment.ts";
import type { IgnoreRule } from "../rule.ts";

/** Reports ignores that hide nothing. */
export const unusedIgnore: IgnoreRule = {
  id: "unused-ignore",
  over: "ignores",
  category: "style",
  severity: "warning",
  summary: "An ignore that hides nothing",
  why: "The fault was corrected, or the comment stands in the wrong place. After code an ignore covers its line. On a line of its own it covers what begins below it: a statement, a row, a table, a block or a network. An ignore that stays would hide the next fault of its kind. Ignores are judged only if all networks of a file are linted with the params' own values.",
  source: "ESLint's --report-unused-disable-directives; TypeScript's @ts-expect-error.",
  bad: `network N {\n  input image [8, 8, 16]\n  conv 3x3 16 norm=batch act=relu padding=same // mnet-ignore bias-before-bn: weights from the paper have it\n  pool avg\n  flatten\n  dense 10\n}\n`,
  good: `network N {\n  input image [8, 8, 16]\n  conv 3x3 16 norm=batch act=relu padding=same\n  pool avg\n  flatten\n  dense 10\n}\n`,
  near: `network N {
  input image [8, 8, 16]
  // mnet-ignore bias-before-bn: weights from the paper have it, and the line below has the bias
  conv 3x3 16 bias=true norm=batch act=relu padding=same
  pool avg
  flatten
  dense 10
}
`,
  check(ignores, rules, active) {
    return ignores.flatMap(({ comment, used }) => {
      const unused = comment.rules.filter(({ id }) => {
        const rule = rules.find((candidate) => candidate.id === id);
        return (rule?.over === "network" || rule?.over === "file") && active.has(id) && !used.has(id);
      });
      if (unused.length === 0) return [];
      const all = unused.length === comment.rules.length;
      const names = unused.map(({ id }) => `"${id}"`).join(", ");
      return [
        {
          span: comment.span,
          message: all
            ? `This ignore hides nothing: ${names} finds nothing here.`
            : `This ignore also names ${names}, which ${unused.length === 1 ? "finds" : "find"} nothing here.`,
          hint: all ? "Delete the comment, or move it to what it is about." : "Delete the name.",
          fix: {
            message: all ? "Delete the comment" : "Delete the name",
            edits: [all ? { span: comment.removal, text: "" } : keepNames(comment, used)],
            safety: "safe" as const,
          },
        },
      ];
    });
  },
};

function keepNames({ span, rules, reason }: IgnoreComment, used: ReadonlySet<string>): TextEdit {
  const names = rules.filter(({ id }) => used.has(id)).map(({ id }) => id);
  return { span, text: `// mnet-ignore ${names.join(", ")}${reason === "" ? "" : `: ${reason}`}` };
}
