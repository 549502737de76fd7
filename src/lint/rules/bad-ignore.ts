import { didYouMean } from "../../text/did-you-mean.ts";
import type { Finding, IgnoreRule } from "../rule.ts";

/** Reports ignores that give no reason, name no rule or cannot work. */
export const badIgnore: IgnoreRule = {
  id: "bad-ignore",
  over: "ignores",
  category: "style",
  severity: "warning",
  summary: "An ignore that gives no reason, or names nothing that can be hidden",
  why: "A reader cannot tell why a finding is hidden, or whether the comment may go, if it gives no reason. Write the reason in a few words after a colon. A name that is no rule hides nothing. An error of the compiler cannot be hidden.",
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
            hint: "Write // mnet-ignore RULE: REASON.",
          },
        ];
      }
      const unknown = named.flatMap(({ id, span: place }): readonly Finding[] => {
        const rule = rules.find((candidate) => candidate.id === id);
        if (rule?.over === "network" || rule?.over === "file") return [];
        if (rule !== undefined || id.includes("/")) {
          const what = rule?.over === "ignores" ? "is about ignores themselves" : "is an error that the compiler finds";
          return [{ span: place, message: `"${id}" ${what} and cannot be ignored.`, hint: "Correct what it reports." }];
        }
        const near = didYouMean(
          id,
          rules.map((candidate) => candidate.id),
        );
        const hint = near === null ? "List the rules with mnet explain." : `Did you mean "${near}"?`;
        return [{ span: place, message: `There is no rule "${id}".`, hint }];
      });
      if (unknown.length > 0 || reason !== "") return unknown;
      const ids = named.map(({ id }) => id).join(", ");
      return [{ span, message: `This ignore of ${ids} gives no reason.`, hint: "Write the reason after a colon." }];
    });
  },
};
