import { Option, type Command } from "commander";
import { CliError, exitCode } from "./cli-error.ts";
import { failWithFindings, noteFindings } from "./report-findings.ts";
import { openSpec, type SpecOptions, specRequest, withSpecOptions } from "./spec.ts";
import { printData, printJson } from "./terminal.ts";

interface IrOptions extends SpecOptions {
  readonly after?: string;
  readonly json?: true;
}

export function addIr(program: Command): void {
  withSpecOptions(program.command("ir"))
    .summary("print the graph between passes")
    .description("Prints the typed graph, by default as it is after the last pass.")
    .argument("<spec>", "a file, or - for stdin")
    .addOption(new Option("--after <pass>", "the pass to stop behind; lower is the graph before any"))
    .option("--json", "the graph as JSON")
    .action(async (spec: string, options: IrOptions) => {
      const [{ compile }, { graphAfter, passNames }, { printGraph }] = await Promise.all([
        import("../compile.ts"),
        import("../passes/pipeline.ts"),
        import("../ir/print.ts"),
      ]);
      const after = options.after ?? passNames.at(-1) ?? "lower";
      if (!passNames.includes(after)) {
        throw new CliError(`There is no pass "${after}"`, { hint: `Choose one of ${passNames.join(", ")}.` });
      }
      const { entry, read } = openSpec(spec);
      const compiled = compile(entry, specRequest(options, read));
      if (compiled.value === null) {
        failWithFindings(compiled, options.json === true);
        return;
      }
      noteFindings(compiled);
      const graph = graphAfter(compiled.value.lowered, after, () => undefined);
      if (graph === null) throw new Error(`internal: no graph after ${after}`);
      if (options.json === true) printJson({ after, graph });
      else printData(printGraph(graph));
      process.exitCode = exitCode.clean;
    });
}
