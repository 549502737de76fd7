import { existsSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../text/source.ts";
import { CliError } from "../cli-error.ts";
import { readText } from "./read-file.ts";
import { printNote } from "../print/terminal.ts";
import { writeWholeFile } from "./write-whole-file.ts";
import { counted } from "../../text/counted.ts";

export interface LintFindings {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, Source>;
}

/** A baseline names files from the folder it lies in. */
function nameFrom(path: string): (file: string) => string {
  return (file) =>
    relative(dirname(resolve(path)), resolve(file))
      .split(sep)
      .join("/");
}

/** Findings without those that a baseline knows. */
export async function withoutKnown(
  path: string,
  { diagnostics, sources }: LintFindings,
): Promise<readonly Diagnostic[]> {
  const { applyBaseline, baselineSchema } = await import("../../lint/baseline.ts");
  if (!existsSync(path)) {
    throw new CliError(`The baseline ${path} does not exist`, { hint: "Write it first: --write-baseline." });
  }
  let json: unknown;
  try {
    json = JSON.parse(readText(path));
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError(`The baseline ${path} is no JSON`);
  }
  const parsed = baselineSchema.safeParse(json);
  if (!parsed.success) throw new CliError(`${path} is no baseline of this version of mnet`, { hint: "Write it anew." });
  const { fresh, known, gone } = applyBaseline(diagnostics, sources, nameFrom(path), parsed.data);
  if (known > 0) printNote(`${counted(known, "finding")} of ${path} not told`);
  if (gone > 0) printNote(`${counted(gone, "finding")} of ${path} gone: write it anew`);
  return fresh;
}

export async function writeBaseline(path: string, { diagnostics, sources }: LintFindings): Promise<void> {
  const { makeBaseline } = await import("../../lint/baseline.ts");
  const baseline = makeBaseline(diagnostics, sources, nameFrom(path));
  await writeWholeFile(path, `${JSON.stringify(baseline, null, 2)}\n`);
  const count = baseline.findings.reduce((sum, entry) => sum + entry.count, 0);
  printNote(`${counted(count, "finding")} written to ${path}`);
}
