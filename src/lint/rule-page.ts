import type { ExplainPage } from "../diagnostics/pages/page.ts";
import type { Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

/** How a rule is asked about and set, in one line. */
export function ruleStanding(rule: Rule): string {
  const reported = rule.over === "compiler" ? ` The compiler finds it: ${rule.codes.join(", ")}.` : "";
  return `${rule.category}, ${rule.severity === "off" ? "off unless asked for" : rule.severity}.${reported}`;
}

/** What `mnet explain RULE` says. */
export const rulePages: readonly ExplainPage[] = rules.map((rule) => ({
  code: rule.id,
  title: rule.summary,
  why: `${rule.why}\n\nSource: ${rule.source}\nStanding: ${ruleStanding(rule)}`,
  bad: rule.bad,
  good: rule.good,
}));
