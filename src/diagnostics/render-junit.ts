import type { Source } from "../text/source.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { placeOf } from "./place.ts";
import { printable } from "./printable.ts";

/** Escapes text for XML 1.0, in an attribute or between tags. A character that XML does not admit is shown as `\u0001`. */
function escapeXml(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\ufffe\uffff]/g, "\ufffd");
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, children: string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const open = `<${name}${written.join("")}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("")}</${name}>`;
}

/**
 * Writes findings as a JUnit report: a suite for each file, a test for each finding. An error or a warning is a failed test, an info a skipped
 * one. A file without findings is one test that passes.
 *
 * @param diagnostics the findings, in the order in which they are shown.
 * @param sources the files that spans point into, by name.
 * @param files the files that were read, so that those without findings are named as well.
 * @returns XML.
 */
export function renderJunit(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, Source>,
  files: readonly string[],
): string {
  const names = [...new Set([...files, ...diagnostics.map(({ span }) => span.file)])];
  const isFailure = ({ severity }: Diagnostic): boolean => severity !== "info";
  const suites = names.map((name) => {
    const own = diagnostics.filter(({ span }) => span.file === name);
    const tests = own.map((diagnostic) => {
      const { code, severity, message, hint, span } = diagnostic;
      const { line, column } = placeOf(span, sources);
      const text = [`${name}:${line}:${column}`, message, ...(hint === null ? [] : [hint])].map(escapeXml).join("\n");
      const outcome = isFailure(diagnostic)
        ? element("failure", { type: severity, message }, [text])
        : element("skipped", { message }, []);
      return `\n    ${element("testcase", { classname: name, name: `${code} ${line}:${column}` }, [outcome])}`;
    });
    if (tests.length === 0) tests.push(`\n    ${element("testcase", { classname: name, name: "no findings" }, [])}`);
    const counts = {
      tests: tests.length,
      failures: own.filter(isFailure).length,
      skipped: own.filter((found) => !isFailure(found)).length,
    };
    return `\n  ${element("testsuite", { name, ...counts }, [...tests, "\n  "])}`;
  });
  const failures = diagnostics.filter(isFailure).length;
  const root = element("testsuites", { name: "mnet lint", failures }, [...suites, "\n"]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}
