import type { Command } from "commander";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { printData, printJson } from "../print/terminal.ts";

interface IrOptions extends SpecOptions {
  readonly after?: string;
  readonly json?: true;
}

export function addIr(program: Command): void {
  withSpecOptions(program.command("ir"))
    .summary("print the graph between passes")
    .description("Prints the typed graph, by default as it is after the last pass.")
    .argument("<spec>", "a file, or - for stdin")
    .option("--after <pass>", "the pass to stop after; lower stops before the first pass")
    .option("--json", "the graph as JSON")
    .action(async (spec: string, options: IrOptions) => {
      const [{ graphAfter, passNames }, { printGraph }] = await Promise.all([
        import("../../passes/pipeline.ts"),
        import("../../ir/print.ts"),
      ]);
      const after = options.after ?? passNames.at(-1) ?? "lower";
      if (!passNames.includes(after)) {
        throw new CliError(`There is no pass "${after}"`, { hint: `Choose one of ${passNames.join(", ")}.` });
      }
      const compiled = await compileSpec(spec, options, { json: options.json === true, asserts: "show" });
      if (compiled === null) return;
      const graph = graphAfter(compiled.value.lowered, after, () => undefined);
      if (graph === null) throw new Error(`internal: no graph after ${after}`);
      if (options.json === true) printJson({ after, graph });
      else printData(printGraph(graph));
      process.exitCode = exitCode.clean;
    });
}
