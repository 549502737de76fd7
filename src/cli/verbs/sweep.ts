import { dirname } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { SweepAxis, Shard } from "../../analysis/sweep/variants.ts";
import type { SweepProblem } from "../../analysis/sweep/expand-values.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { sweepCsv, sweepJson, sweepTable, sweepTableHelp } from "../print/render-sweep.ts";
import { failWithFindings } from "../print/report-findings.ts";
import { openSpec } from "../options/spec.ts";
import { createProgress, printData, printJson, printNote } from "../print/terminal.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";

interface SweepOptions {
  readonly network?: string;
  readonly set: ReadonlyMap<string, string>;
  readonly json?: true;
  readonly csv?: true;
  readonly plot?: string;
  readonly shard?: Shard;
  readonly jobs?: number;
}

const mostJobs = 256;

function addAxis(text: string, previous: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const equals = text.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("Write it as NAME=VALUES, for example --set width=0.5,0.75,1.0.");
  const name = text.slice(0, equals).trim();
  if (previous.has(name)) throw new InvalidArgumentError(`"${name}" is set twice; write its values in one list.`);
  return new Map([...previous, [name, text.slice(equals + 1).trim()]]);
}

function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const index = Number(match?.[1] ?? 0);
  const count = Number(match?.[2] ?? 0);
  if (index < 1 || index > count) {
    throw new InvalidArgumentError("Write it as i/n with i from 1 to n, for example --shard 2/4.");
  }
  return { index, count };
}

function parseJobs(text: string): number {
  const jobs = Number(text);
  if (!/^\d+$/.test(text) || jobs < 1 || jobs > mostJobs) {
    throw new InvalidArgumentError(`Expected a whole number of threads from 1 to ${mostJobs}.`);
  }
  return jobs;
}

function refuse({ message, hint }: SweepProblem): CliError {
  return new CliError(message, { hint });
}

async function sweepAxes(set: ReadonlyMap<string, string>): Promise<readonly SweepAxis[]> {
  const { expandValues } = await import("../../analysis/sweep/expand-values.ts");
  return [...set].map(([name, text]) => {
    const expanded = expandValues(name, text);
    if (!expanded.ok) throw refuse(expanded.problem);
    return { name, values: expanded.value };
  });
}

/** Findings that every variant would have, so that there is nothing to sweep. */
const everywhere = new Set(["network/none", "network/unknown", "param/unknown"]);

async function sweep(spec: string, options: SweepOptions): Promise<void> {
  const axes = await sweepAxes(options.set);
  const { countVariants, variantAt, variantIndices } = await import("../../analysis/sweep/variants.ts");
  const counted = countVariants(axes);
  if (!counted.ok) throw refuse(counted.problem);
  const { entry, read } = openSpec(spec);
  const network = options.network ?? null;
  const [{ compileProgram }, { loadProgram }] = await Promise.all([
    import("../../compile.ts"),
    import("../../program/load-program.ts"),
  ]);
  const program = loadProgram(entry, read);
  const first = compileProgram(program, { network, set: variantAt(axes, 0) });
  if (hasErrors(program.diagnostics) || first.diagnostics.some(({ code }) => everywhere.has(code))) {
    failWithFindings(first, options.json === true);
    return;
  }
  const name = network ?? first.networks[0] ?? "";
  const shard = options.shard ?? null;
  const indices = variantIndices(counted.value, shard);
  const progress = createProgress();
  const { runSweep } = await import("../threads/run-sweep.ts");
  const rows = await runSweep({
    job: { entry: { name: entry.name, text: entry.text }, folder: spec === "-" ? "." : dirname(spec), network, axes },
    indices,
    jobs: options.jobs ?? null,
    onProgress: (done) => progress.step(`${name}: ${done} of ${indices.length} variants`),
  }).finally(() => progress.end());
  const names = axes.map((axis) => axis.name);
  if (options.plot !== undefined) {
    const { plotSweep } = await import("../../analysis/sweep/plot-svg.ts");
    await writeWholeFile(options.plot, plotSweep(name, rows));
    printNote(`${options.plot}: multiply-adds against peak activation memory of ${rows.length} variants`);
  }
  if (options.json === true) {
    printJson({ network: name, set: names, variants: counted.value, shard, rows: sweepJson(rows) });
  } else if (options.csv === true) printData(sweepCsv(names, rows));
  else printData(sweepTable(name, names, rows));
  process.exitCode = rows.some(({ error }) => error !== null) ? exitCode.findings : exitCode.clean;
}

export function addSweep(program: Command): void {
  program
    .command("sweep")
    .summary("compare the variants of a network")
    .description(
      "Compiles a network with every combination of values, and prints what each costs: parameters, multiply-adds, activation memory and bytes of weights.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .option("--network <name>", "which network of the file (default: the first)")
    .option<ReadonlyMap<string, string>>(
      "--set <name=values>",
      "values of a param: a,b,c or lo..hi/step or both, as in 96..224/32,256; once for each param",
      addAxis,
      new Map(),
    )
    .option("--json", "as JSON")
    .addOption(new Option("--csv", "as comma-separated values").conflicts("json"))
    .option("--plot <file>", "draw multiply-adds against peak activation memory, with the Pareto front, as SVG")
    .option("--shard <i/n>", "part i of n of the variants: every n-th one, from the i-th on", parseShard)
    .option("--jobs <n>", "threads (default: as many as there are processors, where that pays)", parseJobs)
    .addHelpText("after", sweepTableHelp)
    .action(sweep);
}
