import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../text/source.ts";
import { version } from "../../version.ts";
import { printFindings } from "./report-findings.ts";
import { printData } from "./terminal.ts";

export interface LintOutput {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, Source>;
  /** Names of the files that were reviewed. */
  readonly files: readonly string[];
}

export const lintFormats = ["text", "json", "sarif", "github", "junit", "line"] as const;
export type LintFormat = (typeof lintFormats)[number];

const printers: Readonly<Record<LintFormat, (output: LintOutput) => void | Promise<void>>> = {
  text: (output) => printFindings(output, false),
  json: (output) => printFindings(output, true),
  async sarif({ diagnostics, sources }) {
    const [{ renderSarif }, { findingText }, { explainPages }, { rulePages }, { crc32 }] = await Promise.all([
      import("../../diagnostics/render-sarif.ts"),
      import("../../lint/finding-text.ts"),
      import("../../diagnostics/pages/index.ts"),
      import("../../lint/rule-page.ts"),
      import("../../formats/crc32.ts"),
    ]);
    const pages = new Map([...explainPages, ...rulePages].map((page) => [page.code, page]));
    const fingerprint = (found: Diagnostic): string =>
      crc32(new TextEncoder().encode([found.code, found.span.file, findingText(found, sources)].join("\n")));
    printData(renderSarif(diagnostics, sources, { version, pages, fingerprint }));
  },
  async github({ diagnostics, sources }) {
    printData((await import("../../diagnostics/render-github.ts")).renderGithub(diagnostics, sources));
  },
  async junit({ diagnostics, sources, files }) {
    printData((await import("../../diagnostics/render-junit.ts")).renderJunit(diagnostics, sources, files));
  },
  async line({ diagnostics, sources }) {
    printData((await import("../../diagnostics/render-line.ts")).renderLine(diagnostics, sources));
  },
};

/** Prints findings as the data of a verb, in the form that was asked for. */
export async function printLint(format: LintFormat, output: LintOutput): Promise<void> {
  await printers[format](output);
}
