import type { ExplainPage } from "../diagnostics/pages/page.ts";
import type { Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

/** Returns a rule's category, severity and, for the compiler's, its codes, in one line. */
export function ruleStanding(rule: Rule): string {
  const reported = rule.over === "compiler" ? ` The compiler finds it: ${rule.codes.join(", ")}.` : "";
  return `${rule.category}, ${rule.severity === "off" ? "off unless asked for" : rule.severity}.${reported}`;
}

/** Returns the configuration that the examples need, in one line; null if they need none. */
export function exampleSettings({ settings }: Rule): string | null {
  if (settings === undefined) return null;
  const { budgets, limits, targets } = settings;
  const shown = {
    ...(budgets && { budgets }),
    ...(limits && { limits: limits.map(({ name }) => name) }),
    ...(targets && { targets }),
  };
  return `In the examples mnet.config.json says ${JSON.stringify(shown)}`;
}

/** The pages of `mnet explain RULE`. */
export const rulePages: readonly ExplainPage[] = rules.map((rule) => ({
  code: rule.id,
  title: rule.summary,
  why: [rule.why, "", `Source: ${rule.source}`, `Standing: ${ruleStanding(rule)}`, exampleSettings(rule)]
    .filter((line) => line !== null)
    .join("\n"),
  bad: rule.bad,
  good: rule.good,
  near: rule.near,
}));
