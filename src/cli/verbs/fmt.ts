import type { Command } from "commander";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { printable } from "../../diagnostics/printable.ts";
import { renderJson } from "../../diagnostics/render-json.ts";
import { createSource, type Source } from "../../text/source.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { findSpecs } from "../disk/find-specs.ts";
import { readText } from "../disk/read-file.ts";
import { noteFindings } from "../print/report-findings.ts";
import { printData, printJson, printNote } from "../print/terminal.ts";
import { unifiedDiff } from "../print/unified-diff.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";
import { counted } from "../../text/counted.ts";

interface FmtOptions {
  readonly check?: true;
  readonly diff?: true;
  readonly json?: true;
}

/** A file before and after formatting. `after` is null where the file has syntax errors. */
interface FormattedFile {
  readonly source: Source;
  readonly after: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

const help = `
Without --check or --diff files are written in place, each whole or not at all, and the changed ones are listed. Text from stdin
goes to stdout. A file with syntax errors is left as it is. --check and --diff write nothing.
Line ends and a byte-order mark stay as they are.`;

async function formatFile(path: string): Promise<FormattedFile> {
  const [{ formatSource }, { withLineEndsOf }] = await Promise.all([
    import("../../format/format-source.ts"),
    import("../../format/line-ends.ts"),
  ]);
  const source = createSource(path === "-" ? "<stdin>" : path, readText(path));
  const { value, diagnostics } = formatSource(source);
  return { source, after: value === null ? null : withLineEndsOf(source.text, value), diagnostics };
}

function isChanged({ source, after }: FormattedFile): boolean {
  return after !== null && after !== source.text;
}

async function print(files: readonly FormattedFile[], options: FmtOptions, writes: boolean): Promise<void> {
  for (const { source, after } of files.filter(isChanged)) {
    if (options.diff === true) printData(await unifiedDiff(source.name, source.text, after ?? ""));
    else if (!writes || source.name !== "<stdin>") printData(printable(source.name));
  }
  const [first] = files;
  // The text goes to the next command as it is.
  if (writes && first?.source.name === "<stdin>") process.stdout.write(first.after ?? "");
  else {
    const changed = files.filter(isChanged).length;
    const verb = writes ? "formatted" : "to be formatted";
    printNote(`${changed} of ${counted(files.length, "file")} ${verb}`);
  }
}

function printAsJson(files: readonly FormattedFile[], writes: boolean): void {
  const sources = new Map(files.map(({ source }) => [source.name, source]));
  const diagnostics = files.flatMap((file) => file.diagnostics);
  printJson({
    files: files.map((file) => ({
      file: file.source.name,
      changed: isChanged(file),
      ...(writes && file.source.name === "<stdin>" ? { text: file.after } : {}),
    })),
    ...renderJson(diagnostics, sources),
  });
}

async function fmt(paths: readonly string[], options: FmtOptions): Promise<void> {
  if (paths.includes("-") && paths.length > 1) throw new CliError("- cannot be combined with other files");
  const writes = options.check !== true && options.diff !== true;
  const specs = findSpecs(paths);
  if (specs.length === 0) throw new CliError(`No .mnet file lies in ${paths.join(", ")}`);
  const files: FormattedFile[] = [];
  for (const path of specs) {
    const file = await formatFile(path);
    noteFindings({ diagnostics: file.diagnostics, sources: new Map([[file.source.name, file.source]]) });
    if (writes && isChanged(file) && path !== "-") await writeWholeFile(path, file.after ?? "");
    files.push(file);
  }
  if (options.json === true) printAsJson(files, writes);
  else await print(files, options, writes);
  const refused = files.some(({ after }) => after === null) || (options.check === true && files.some(isChanged));
  process.exitCode = refused ? exitCode.findings : exitCode.clean;
}

export function addFmt(program: Command): void {
  program
    .command("fmt")
    .summary("format specs")
    .description(
      "Gives specs their one canonical form: spacing, table columns, the order of attributes. Comments stay where they are.",
    )
    .argument("<spec...>", "files, folders, or - for stdin")
    .option("--check", "list the files that are not formatted, and exit with 1 if there are any")
    .option("--diff", "show what would change, as a unified diff")
    .option("--json", "what changed, as JSON")
    .addHelpText("after", help)
    .action(fmt);
}
