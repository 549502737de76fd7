import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompileRequest } from "../../src/compile.ts";
import { lint, type LintOptions, type LintReport } from "../../src/lint/lint.ts";
import { createSource, type Source } from "../../src/text/source.ts";

const specsFolder = join(import.meta.dirname, "../../specs");

export function specSource(file: string): Source {
  return createSource(file, readFileSync(join(specsFolder, file), "utf8"));
}

export function specRequest(set: Readonly<Record<string, string>> = {}): CompileRequest {
  const read = (path: string) => {
    const found = join(specsFolder, path);
    return existsSync(found) ? readFileSync(found, "utf8") : null;
  };
  return { network: null, set: new Map(Object.entries(set)), read };
}

/** Lints a shipped spec, by its name in specs/. */
export function lintSpec(
  file: string,
  set: Readonly<Record<string, string>> = {},
  options: LintOptions = {},
): LintReport {
  return lint(specSource(file), specRequest(set), options);
}

/** Returns `rule: text` for each finding, with the text that it stands on, in order. */
export function marked({ diagnostics, sources }: LintReport): readonly string[] {
  return diagnostics.map(({ code, span }) => {
    const source = sources.get(span.file);
    if (source === undefined) throw new Error(`no source ${span.file}`);
    return `${code}: ${source.text.slice(span.start, span.end)}`;
  });
}
