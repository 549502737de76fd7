import { InvalidArgumentError, type Command } from "commander";
import { diffClasses, type DiffClass } from "../../analysis/diff/diff-classes.ts";
import type { DiffSide } from "../../analysis/diff/diff-networks.ts";
import type { Compilation } from "../../compile.ts";
import { printable } from "../../diagnostics/printable.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { type DiffOperand, openOperand } from "../options/diff-operand.ts";
import { renderDiff } from "../print/render-diff.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { printData, printJson, printNote } from "../print/terminal.ts";

interface DiffOptions extends SpecOptions {
  readonly networkA?: string;
  readonly networkB?: string;
  readonly breaking: readonly DiffClass[];
  readonly json?: true;
}

function addClasses(text: string, previous: readonly DiffClass[]): readonly DiffClass[] {
  const named = text.split(",").map((part) => {
    const found = diffClasses.find((name) => name === part.trim());
    if (found === undefined) throw new InvalidArgumentError(`Expected one of ${diffClasses.join(", ")}.`);
    return found;
  });
  return diffClasses.filter((name) => named.includes(name) || previous.includes(name));
}

const help = `
A and B are each FILE, FILE:NETWORK, - for stdin, or git:REV:PATH for a file of a revision, which is also where its imports are
read. PATH starts at the root of the repository, or with ./ at the current folder.

Classes of change, the most severe first:
  io       input, normalisation, outputs and their shapes, labels: callers notice
  weights  names and shapes of weights: a checkpoint for A does not load into B as it is
  graph    nodes, attributes, strides, residuals: something else is computed
  source   the declarations of the network; comments and spacing do not count
--breaking CLASS exits with 1 where something differs in that class. For several classes, give it several times or give a list.
Without it the exit code is 0, whatever differs.`;

interface Compiled {
  readonly operand: DiffOperand;
  readonly compilation: Compilation;
  readonly side: DiffSide | null;
}

async function compileOperand(operand: DiffOperand, set: ReadonlyMap<string, string>): Promise<Compiled> {
  const [{ compileProgram }, { loadProgram }] = await Promise.all([
    import("../../compile.ts"),
    import("../../program/load-program.ts"),
  ]);
  const program = loadProgram(operand.entry, operand.read);
  const compilation = compileProgram(program, { network: operand.network, set });
  const { value } = compilation;
  return { operand, compilation, side: value === null ? null : { ...value, program } };
}

/** Names the side that findings are of, then shows them. */
function note({ operand, compilation }: Compiled, show: (compilation: Compilation) => void): void {
  if (compilation.diagnostics.length > 0) printNote(`${operand.text}:`);
  show(compilation);
}

function settings({ name, params }: DiffSide["training"]): string {
  const pairs = Object.entries(params).map(([key, value]) => `${key}=${value}`);
  return printable([name, ...pairs].join(" "));
}

async function diff(textA: string, textB: string, options: DiffOptions): Promise<void> {
  if (textA === "-" && textB === "-") throw new CliError("Only one of the two can come from stdin");
  const json = options.json === true;
  const network = options.network ?? null;
  const a = await compileOperand(openOperand(textA, options.networkA ?? network), options.set);
  const b = await compileOperand(openOperand(textB, options.networkB ?? network), options.set);
  if (a.side === null || b.side === null) {
    const failed = a.side === null ? a : b;
    if (a.side === null && b.side === null) note(b, noteFindings);
    note(failed, (compilation) => failWithFindings(compilation, json));
    return;
  }
  note(a, noteFindings);
  note(b, noteFindings);
  const { diffNetworks } = await import("../../analysis/diff/diff-networks.ts");
  const found = diffNetworks(a.side, b.side);
  const breaking = options.breaking.filter((name) => found.classes.includes(name));
  if (json) {
    const describe = (text: string, { training }: DiffSide) => ({
      spec: text,
      network: training.name,
      params: training.params,
    });
    printJson({ a: describe(textA, a.side), b: describe(textB, b.side), breaking, ...found });
  } else {
    const title = (text: string, side: DiffSide): string => `${printable(text)}  ${settings(side.training)}`;
    printData(renderDiff(title(textA, a.side), title(textB, b.side), found));
  }
  if (breaking.length > 0) printNote(`Breaking: ${breaking.join(", ")}`);
  process.exitCode = breaking.length > 0 ? exitCode.findings : exitCode.clean;
}

export function addDiff(program: Command): void {
  withSpecOptions(program.command("diff"))
    .summary("what changed between two networks")
    .description(
      "Compares two networks, or two versions of one: what callers, checkpoints and results notice, which weights still load, and how the counts changed.",
    )
    .argument("<a>", "the first, or the one before")
    .argument("<b>", "the second, or the one after")
    .option("--network-a <name>", "which network of A, in place of --network")
    .option("--network-b <name>", "which network of B, in place of --network")
    .option<readonly DiffClass[]>(
      "--breaking <class>",
      "exit with 1 where something differs in this class",
      addClasses,
      [],
    )
    .option("--json", "as JSON")
    .addHelpText("after", help)
    .action(diff);
}
