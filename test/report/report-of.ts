import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../src/compile.ts";
import { lint } from "../../src/lint/lint.ts";
import { makeReport } from "../../src/report/make-report.ts";
import { createSource } from "../../src/text/source.ts";

/** The report of the first network of a text, with what compiler and linter find. */
export function reportOfText(text: string, name = "spec.mnet"): Promise<string> {
  const entry = createSource(name, text);
  const request = { network: null, set: new Map<string, string>(), read: () => null };
  const { value } = compile(entry, request);
  if (value === null) throw new Error(`${name} does not compile`);
  const { diagnostics, sources } = lint(entry, { ...request, network: value.training.name });
  return makeReport({ network: value, diagnostics, sources, plan: {} });
}

/** The same of a file of specs/. */
export function reportOf(spec: string): Promise<string> {
  return reportOfText(readFileSync(join("specs", spec), "utf8"), `specs/${spec}`);
}
