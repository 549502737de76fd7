import { existsSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../text/source.ts";
import { CliError } from "../failure/cli-error.ts";
import { readText } from "./read-file.ts";
import { writeWholeFile } from "./write-whole-file.ts";

export interface LintFindings {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, Source>;
}

/** Findings held against a baseline. */
export interface HeldFindings {
  /** The findings that the baseline does not know. */
  readonly fresh: readonly Diagnostic[];
  /** How many findings it knows. */
  readonly known: number;
  /** How many findings of the baseline were not found any more. */
  readonly gone: number;
}

/** Makes a function that names a file relative to the folder of a baseline. */
function nameFrom(path: string): (file: string) => string {
  return (file) =>
    relative(dirname(resolve(path)), resolve(file))
      .split(sep)
      .join("/");
}

/**
 * Holds findings against the baseline at `path`.
 *
 * @throws CliError where the file does not exist or is no baseline
 */
export async function holdAgainst(path: string, { diagnostics, sources }: LintFindings): Promise<HeldFindings> {
  const { applyBaseline, baselineSchema } = await import("../../lint/baseline.ts");
  if (!existsSync(path)) {
    throw new CliError(`The baseline ${path} does not exist`, { hint: "Write it first: --write-baseline." });
  }
  let json: unknown;
  try {
    json = JSON.parse(readText(path));
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError(`The baseline ${path} is not JSON`);
  }
  const parsed = baselineSchema.safeParse(json);
  if (!parsed.success)
    throw new CliError(`${path} is not a baseline of this version of mnet`, { hint: "Write it anew." });
  return applyBaseline(diagnostics, sources, nameFrom(path), parsed.data);
}

/** Writes a baseline that knows the findings. Returns how many it holds. */
export async function writeBaseline(path: string, { diagnostics, sources }: LintFindings): Promise<number> {
  const { makeBaseline } = await import("../../lint/baseline.ts");
  const baseline = makeBaseline(diagnostics, sources, nameFrom(path));
  await writeWholeFile(path, `${JSON.stringify(baseline, null, 2)}\n`);
  return baseline.findings.reduce((sum, entry) => sum + entry.count, 0);
}
