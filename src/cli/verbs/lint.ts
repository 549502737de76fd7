import { InvalidArgumentError, Option, type Command } from "commander";
import { CliError } from "../cli-error.ts";
import { lintFormats } from "../print/lint-formats.ts";
import { withSpecOptions } from "../options/spec.ts";
import type { LintCommandOptions } from "../run/run-lint.ts";

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Give a whole number from 0.");
  return Number(text);
}

const help = `
mnet.config.json, found upwards from each spec, says which preset, rules, budgets and limits hold, and // mnet-ignore RULE: reason
in a spec hides a finding; docs/lint.md says how. mnet explain lists the rules and mnet explain RULE shows one. Exits with 1 for an
error, and for more warnings than --max-warnings or the configuration grants.`;

export function addLint(program: Command): void {
  withSpecOptions(program.command("lint"))
    .summary("review specs: faults that compile")
    .description(
      "Finds what compiles and is still a mistake, by rules from papers and bug reports, in every network of each file.",
    )
    .argument("<spec...>", "files, folders, or - for stdin")
    .option("--fix", "repair what can be repaired without changing what a network computes")
    .option("--unsafe", "with --fix: also what does change it")
    .addOption(new Option("--format <form>", "how findings are printed").choices(lintFormats))
    .option("--json", "the same as --format json")
    .option("--config <file>", "a configuration for all specs, instead of the nearest mnet.config.json")
    .option("--preset <name>", "recommended, strict, webgpu or edge-tpu, over the configuration")
    .option("--limits <names>", "kinds of WebGPU devices that networks have to run on, over the configuration")
    .option("--max-warnings <n>", "how many warnings are let pass (default: 0)", wholeNumber)
    .option("--baseline <file>", "findings that are known, and not told")
    .option("--write-baseline", "write the baseline instead of telling what is found")
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
    throw new CliError("--unsafe goes with --fix", { hint: "Say --fix --unsafe, or leave it out." });
  }
  if (fix === true && specs.includes("-")) {
    throw new CliError("Standard input cannot be repaired", { hint: "Name the file." });
  }
  if (json === true && format !== undefined && format !== "json") {
    throw new CliError(`--json means --format json, and --format ${format} is given too`);
  }
}

/** Names are checked here and not when the command line is read: which there are is known by what the linter loads. */
async function readOptions({ json, format, preset, limits, ...others }: GivenOptions): Promise<LintCommandOptions> {
  const [{ presetNames }, { limitsNames }] = await Promise.all([
    import("../../config/presets.ts"),
    import("../../targets/webgpu/schedule/named-limits.ts"),
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
