import type { Command } from "commander";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../text/source.ts";
import { CliError, exitCode } from "./cli-error.ts";
import { printFindings } from "./report-findings.ts";
import { openSpec, type SpecOptions, specRequest, withSpecOptions } from "./spec.ts";
import { printNote } from "./terminal.ts";
import { writeWholeFile } from "./write-whole-file.ts";

interface LintCommandOptions extends SpecOptions {
  readonly fix?: true;
  readonly unsafe?: true;
  readonly json?: true;
}

export function addLint(program: Command): void {
  withSpecOptions(program.command("lint"))
    .summary("review specs: faults that compile")
    .description(
      "Finds what compiles and is still a mistake: in every network of each file, by the rules that mnet explain lists. Exits with 1 for an error or a warning.",
    )
    .argument("<spec...>", "files, or - for stdin")
    .option("--fix", "repair what can be repaired without changing what a network computes")
    .option("--unsafe", "with --fix: also what does change it")
    .option("--json", "findings as JSON")
    .action(async (specs: readonly string[], options: LintCommandOptions) => {
      if (options.unsafe === true && options.fix !== true) {
        throw new CliError("--unsafe goes with --fix", { hint: "Say --fix --unsafe, or leave it out." });
      }
      if (options.fix === true && specs.includes("-")) {
        throw new CliError("Standard input cannot be repaired", { hint: "Name the file." });
      }
      const { lint } = await import("../lint/lint.ts");
      const { fixSpec } = await import("../lint/fix-spec.ts");
      const diagnostics: Diagnostic[] = [];
      const sources = new Map<string, Source>();
      let networks = 0;
      let applied = 0;
      for (const spec of specs) {
        const { entry, read } = openSpec(spec);
        const request = specRequest(options, read);
        const fixed = options.fix === true ? fixSpec(entry, request, options.unsafe === true) : null;
        const report = fixed?.report ?? lint(entry, request);
        for (const [name, source] of fixed?.changed ?? []) await writeWholeFile(name, source.text);
        diagnostics.push(...report.diagnostics);
        for (const [name, source] of report.sources) sources.set(name, source);
        networks += report.networks.length;
        applied += fixed?.applied ?? 0;
      }
      printFindings({ diagnostics, sources }, options.json === true);
      if (applied > 0) printNote(`${applied} fix${applied === 1 ? "" : "es"} applied`);
      if (diagnostics.length === 0 && options.json !== true) {
        printNote(`${networks} network${networks === 1 ? "" : "s"} reviewed, nothing found`);
      }
      const failing = diagnostics.some((diagnostic) => diagnostic.severity !== "info");
      process.exitCode = failing ? exitCode.findings : exitCode.clean;
    });
}
