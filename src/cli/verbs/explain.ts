import type { Command } from "commander";
import type { ExplainPage } from "../../diagnostics/pages/page.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import { CliError } from "../failure/cli-error.ts";
import { printData, printJson } from "../print/terminal.ts";

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`.trimEnd())
    .join("\n");
}

function renderPage(page: ExplainPage): string {
  const example = (title: string, text: string) => (text === "" ? [] : [title, indented(text)]);
  const examples = [
    ...example("Found here:", page.bad),
    ...example("Not here:", page.good),
    ...example("It does not report this similar network:", page.near ?? ""),
  ];
  return [`${page.code}: ${page.title}`, page.why, ...examples].join("\n\n");
}

function renderList(pages: readonly ExplainPage[]): string {
  const width = Math.max(0, ...pages.map((page) => page.code.length));
  return pages.map((page) => `${page.code.padEnd(width)}  ${page.title}`).join("\n");
}

export function addExplain(program: Command): void {
  program
    .command("explain")
    .summary("explain a diagnostic or a lint rule")
    .description(
      "Explains a diagnostic by its code, or a lint rule by its name, with a bad and a good example. Lists them all where no code is given.",
    )
    .argument("[code]", "for example shape/mismatch or bias-before-bn")
    .option("--json", "the page, or the list, as JSON")
    .action(async (code: string | undefined, options: { readonly json?: true }) => {
      const { explainPages: diagnosticPages } = await import("../../diagnostics/pages/index.ts");
      const { rulePages } = await import("../../lint/rule-page.ts");
      const explainPages = [...diagnosticPages, ...rulePages];
      if (code === undefined) {
        if (options.json === true) printJson({ pages: explainPages });
        else printData(renderList(explainPages));
        return;
      }
      const page = explainPages.find((candidate) => candidate.code === code);
      if (page === undefined) {
        const near = didYouMean(
          code,
          explainPages.map((candidate) => candidate.code),
        );
        throw new CliError(`There is no diagnostic and no rule "${code}"`, {
          hint: near === null ? "List them all: mnet explain" : `Did you mean "${near}"?`,
        });
      }
      if (options.json === true) printJson(page);
      else printData(renderPage(page));
    });
}
