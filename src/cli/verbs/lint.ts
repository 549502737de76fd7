import { InvalidArgumentError, Option, type Command } from "commander";
import { CliError } from "../failure/cli-error.ts";
import { lintFormats } from "../print/lint-formats.ts";
import { withSpecOptions } from "../options/spec.ts";
import type { LintCommandOptions } from "../run/run-lint.ts";

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Expected a whole number from 0.");
  return Number(text);
}

const help = `
The nearest mnet.config.json, in the folder of each spec or above it, sets presets, rules, budgets and limits. The comment
// mnet-ignore RULE: reason hides a finding. docs/lint.md describes both. mnet explain lists the rules, and mnet explain RULE shows
one. Exits with 1 for an error, and for more warnings than --max-warnings or the configuration allows.`;

export function addLint(program: Command): void {
  withSpecOptions(program.command("lint"))
    .summary("find faults that compile")
    .description("Finds mistakes that compile, in every network of each file, by rules from papers and bug reports.")
    .argument("<spec...>", "files, folders, or - for stdin")
    .option("--fix", "repair what can be repaired without changing what a network computes")
    .option("--unsafe", "with --fix: repair also what changes what a network computes")
    .addOption(new Option("--format <form>", "how findings are printed").choices(lintFormats))
    .option("--json", "the same as --format json")
    .option("--config <file>", "a configuration for all specs, in place of the nearest mnet.config.json")
    .option("--preset <name>", "recommended, strict, webgpu or edge-tpu, in place of the configuration's")
    .option("--limits <names>", "kinds of WebGPU devices that networks must run on, in place of the configuration's")
    .option("--max-warnings <n>", "how many warnings are allowed (default: 0)", wholeNumber)
    .option("--baseline <file>", "a file of known findings, which are not reported")
    .option("--write-baseline", "write the baseline in place of reporting findings")
    .addHelpText("after", help)
    .action(async (specs: readonly string[], given: GivenOptions) => {
      checkOptions(specs, given);
      const { runLint } = await import("../run/run-lint.ts");
      await runLint(specs, await readOptions(given));
    });
}

interface GivenOptions extends Omit<LintCommandOptions, "format" | "preset" | "limits"> {
  readonly json?: true;
  readonly format?: LintCommandOptions["format"];
  readonly preset?: string;
  readonly limits?: string;
}

function checkOptions(specs: readonly string[], { fix, unsafe, json, format }: GivenOptions): void {
  if (unsafe === true && fix !== true) {
    throw new CliError("--unsafe needs --fix", { hint: "Give --fix --unsafe, or leave --unsafe out." });
  }
  if (fix === true && specs.includes("-")) {
    throw new CliError("--fix cannot repair standard input", { hint: "Name the file." });
  }
  if (json === true && format !== undefined && format !== "json") {
    throw new CliError(`--json means --format json, and --format ${format} is given too`);
  }
}

/** Checks names here, and not where the command line is read, because only the loaded linter knows them. */
async function readOptions({ json, format, preset, limits, ...others }: GivenOptions): Promise<LintCommandOptions> {
  const [{ presetNames }, { limitsNames }] = await Promise.all([
    import("../../config/presets.ts"),
    import("../../targets/webgpu/plan-choices.ts"),
  ]);
  return {
    ...others,
    format: json === true ? "json" : (format ?? "text"),
    ...(preset === undefined ? {} : { preset: oneOf(presetNames, preset, "preset") }),
    ...(limits === undefined
      ? {}
      : { limits: limits.split(",").map((name) => oneOf(limitsNames, name.trim(), "limits")) }),
  };
}

function oneOf<Name extends string>(names: readonly Name[], text: string, option: string): Name {
  const found = names.find((name) => name === text);
  if (found === undefined)
    throw new CliError(`There is no --${option} "${text}"`, { hint: `There are ${names.join(", ")}.` });
  return found;
}
