import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { lint, type LintOptions, type LintReport } from "../../src/lint/lint.ts";
import type { Rule } from "../../src/lint/rule.ts";
import { createSource } from "../../src/text/source.ts";

/** Values of params, the network, and options of the linter. */
export interface LintTextOptions extends LintOptions {
  readonly set?: Readonly<Record<string, string>>;
  readonly network?: string;
}

export function lintReport(text: string, { set = {}, network, ...options }: LintTextOptions = {}): LintReport {
  const request = { network: network ?? null, set: new Map(Object.entries(set)), read: () => null };
  return lint(createSource("spec.mnet", text), request, options);
}

/** Returns all findings of a text. A `rule` that is off by default is turned on. */
export function lintText(text: string, rule?: Rule, options: LintTextOptions = {}): readonly Diagnostic[] {
  const severities = rule?.severity === "off" ? { [rule.id]: "info" as const } : {};
  return lintReport(text, { ...rule?.settings, ...options, severities: { ...severities, ...options.severities } })
    .diagnostics;
}
