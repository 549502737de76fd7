import type { Command } from "commander";
import type { CompileRequest } from "../../compile.ts";
import type { Source } from "../../text/source.ts";
import { exitCode } from "../failure/cli-error.ts";
import { createConfigFinder } from "../disk/find-config.ts";
import { withProgramOptions, type ProgramOptions } from "../options/program-options.ts";
import { failWithFindings, type Findings } from "../print/report-findings.ts";
import { openSpec, specRequest, withSpecOptions, type SpecOptions } from "../options/spec.ts";
import { printData, printNote } from "../print/terminal.ts";
import { withTuning } from "../options/tuning-file.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";

interface ReportOptions extends SpecOptions, ProgramOptions {
  readonly out?: string;
}

export function addReport(program: Command): void {
  withProgramOptions(withSpecOptions(program.command("report")), "generic")
    .summary("everything about a network on one page")
    .description(
      "Writes one HTML file that loads nothing and runs no script: the graph, the layers, what each stage costs, the memory and the dispatches of the WebGPU program, what compiler and linter find, and the generated sources. Needs no weights and no adapter.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .option("--out <file>", "file to write (default: standard output)")
    .action(async (spec: string, options: ReportOptions) => {
      const { entry, read } = openSpec(spec);
      const request = specRequest(options, read);
      const [{ compile }, { makeReport }] = await Promise.all([
        import("../../compile.ts"),
        import("../../report/make-report.ts"),
      ]);
      const compiled = compile(entry, request);
      const { value } = compiled;
      if (value === null) {
        failWithFindings(compiled, false);
        return;
      }
      const { name } = value.training;
      const found = await review(spec, entry, { ...request, network: name });
      const page = await withTuning(options, (plan) => makeReport({ network: value, ...found, plan }));
      const { out } = options;
      if (out === undefined) printData(page);
      else {
        await writeWholeFile(out, page);
        printNote(`${out}: the report of ${name}`);
      }
      process.exitCode = exitCode.clean;
    });
}

/** Returns what compiler and linter find, under the configuration of the spec. */
async function review(spec: string, entry: Source, request: CompileRequest): Promise<Findings> {
  const [{ lint }, { lintOptionsOf }, { config }] = await Promise.all([
    import("../../lint/lint.ts"),
    import("../../config/lint-options.ts"),
    createConfigFinder(undefined)(spec),
  ]);
  return lint(entry, request, lintOptionsOf(config, {}));
}
