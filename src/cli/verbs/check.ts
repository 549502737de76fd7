import type { Command } from "commander";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../text/source.ts";
import { findingsExitCode, printFindings } from "../print/report-findings.ts";
import { openSpec, type SpecOptions, specRequest, withSpecOptions } from "../options/spec.ts";
import { printNote } from "../print/terminal.ts";
import { counted } from "../../text/counted.ts";

export function addCheck(program: Command): void {
  withSpecOptions(program.command("check"))
    .summary("find mistakes in specs")
    .description(
      "Finds the mistakes in specs: syntax, names, shapes and failed asserts, in every network of each file.",
    )
    .argument("<spec...>", "files, or - for stdin")
    .option("--json", "findings as JSON")
    .action(async (specs: readonly string[], options: SpecOptions & { readonly json?: true }) => {
      const { check } = await import("../../compile.ts");
      const diagnostics: Diagnostic[] = [];
      const sources = new Map<string, Source>();
      let networks = 0;
      for (const spec of specs) {
        const { entry, read } = openSpec(spec);
        const checked = check(entry, specRequest(options, read));
        diagnostics.push(...checked.diagnostics);
        for (const [name, source] of checked.sources) sources.set(name, source);
        networks += checked.networks.length;
      }
      printFindings({ diagnostics, sources }, options.json === true);
      if (diagnostics.length === 0 && options.json !== true) {
        printNote(`${counted(networks, "network")} checked, nothing found`);
      }
      process.exitCode = findingsExitCode(diagnostics);
    });
}
