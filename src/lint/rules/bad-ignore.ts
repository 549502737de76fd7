import { didYouMean } from "../../text/did-you-mean.ts";
import type { Finding, IgnoreRule } from "../rule.ts";

/** Ignores that nobody can judge, or that cannot work. */
export const badIgnore: IgnoreRule = {
  id: "bad-ignore",
  over: "ignores",
  category: "style",
  severity: "warning",
  summary: "An ignore without a reason, or of what is no rule",
  why: "A finding that is hidden without a reason is found again by every reader, and nobody knows whether it may go. Say why in a few words behind a colon. A name that is no rule hides nothing, and what the compiler finds is an error that no comment makes right.",
  source: "eslint-plugin-eslint-comments, require-description; typescript-eslint, ban-ts-comment.",
  bad: `network N {\n  input image [8, 8, 16]\n  conv 3x3 16 bias=true norm=batch act=relu padding=same // mnet-ignore bias-before-bn\n  pool avg\n  flatten\n  dense 10\n}\n`,
  good: `network N {\n  input image [8, 8, 16]\n  conv 3x3 16 bias=true norm=batch act=relu padding=same // mnet-ignore bias-before-bn: weights from the paper have it\n  pool avg\n  flatten\n  dense 10\n}\n`,
  near: `network N {
  input image [8, 8, 16]
  conv 3x3 16 act=relu padding=same // A comment that only speaks of mnet-ignore is no ignore.
  pool avg
  flatten
  dense 10
}
`,
  check(ignores, rules) {
    return ignores.flatMap(({ comment: { span, rules: named, reason } }): readonly Finding[] => {
      if (named.length === 0) {
        return [
          {
            span,
            message: "This ignore names no rule.",
            hint: "Write // mnet-ignore RULE: and why.",
          },
        ];
      }
      const unknown = named.flatMap(({ id, span: place }): readonly Finding[] => {
        const rule = rules.find((candidate) => candidate.id === id);
        if (rule?.over === "network" || rule?.over === "file") return [];
        if (rule !== undefined || id.includes("/")) {
          const what = rule?.over === "ignores" ? "is about ignores themselves" : "is an error that the compiler finds";
          return [{ span: place, message: `"${id}" ${what} and cannot be ignored.`, hint: "Put right what it says." }];
        }
        const near = didYouMean(
          id,
          rules.map((candidate) => candidate.id),
        );
        const hint = near === null ? "See mnet explain for the rules there are." : `Did you mean "${near}"?`;
        return [{ span: place, message: `There is no rule "${id}".`, hint }];
      });
      if (unknown.length > 0 || reason !== "") return unknown;
      const ids = named.map(({ id }) => id).join(", ");
      return [{ span, message: `This ignore of ${ids} gives no reason.`, hint: "Say why behind a colon." }];
    });
  },
};
