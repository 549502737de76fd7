import { dirname, join } from "node:path";
import type { ConfigOverrides } from "../../config/lint-options.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { counted } from "../../text/counted.ts";
import type { Source } from "../../text/source.ts";
import { holdAgainst, type LintFindings, writeBaseline } from "../disk/baseline-file.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { createConfigFinder, type FoundConfig } from "../disk/find-config.ts";
import { findSpecs } from "../disk/find-specs.ts";
import { printLint, type LintFormat } from "../print/lint-formats.ts";
import { openSpec, type SpecOptions, specRequest } from "../options/spec.ts";
import { printNote } from "../print/terminal.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";

export interface LintCommandOptions extends SpecOptions, ConfigOverrides {
  readonly fix?: true;
  readonly unsafe?: true;
  readonly format: LintFormat;
  readonly config?: string;
  readonly maxWarnings?: number;
  readonly baseline?: string;
  readonly writeBaseline?: true;
}

/** The findings of all specs that one configuration is for. */
interface LintedGroup extends FoundConfig {
  readonly diagnostics: Diagnostic[];
}

interface Linted {
  readonly groups: readonly LintedGroup[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly networks: number;
}

async function lintAll(specs: readonly string[], options: LintCommandOptions): Promise<Linted> {
  const [{ lint }, { fixSpec }, { lintOptionsOf }] = await Promise.all([
    import("../../lint/lint.ts"),
    import("../../lint/fix-spec.ts"),
    import("../../config/lint-options.ts"),
  ]);
  const findConfig = createConfigFinder(options.config);
  const sources = new Map<string, Source>();
  const groups = new Map<string | null, LintedGroup>();
  let networks = 0;
  let applied = 0;
  for (const spec of specs) {
    const found = await findConfig(spec);
    const { entry, read } = openSpec(spec);
    const request = specRequest(options, read);
    const lintOptions = lintOptionsOf(found.config, options);
    const fixed = options.fix === true ? fixSpec(entry, request, options.unsafe === true, lintOptions) : null;
    const report = fixed?.report ?? lint(entry, request, lintOptions);
    for (const [name, source] of fixed?.changed ?? []) await writeWholeFile(name, source.text);
    const group = groups.get(found.path) ?? { ...found, diagnostics: [] };
    groups.set(found.path, group);
    group.diagnostics.push(...report.diagnostics);
    for (const [name, source] of report.sources) sources.set(name, source);
    networks += report.networks.length;
    applied += fixed?.applied ?? 0;
  }
  if (applied > 0) printNote(`${counted(applied, "fix")} applied`);
  return { groups: [...groups.values()], sources, networks };
}

/** Returns the baseline of the command line, else the one that the configuration names, else null. */
function baselineOf({ path, config }: FoundConfig, options: LintCommandOptions): string | null {
  if (options.baseline !== undefined) return options.baseline;
  if (config.baseline === undefined || path === null) return null;
  return join(dirname(path), config.baseline);
}

async function writeBaselines({ groups, sources }: Linted, options: LintCommandOptions): Promise<void> {
  const byPath = new Map<string, Diagnostic[]>();
  for (const group of groups) {
    const path = baselineOf(group, options);
    if (path === null) {
      throw new CliError("--write-baseline has no file to write", {
        hint: "Name it: --baseline FILE, or baseline in mnet.config.json.",
      });
    }
    byPath.set(path, [...(byPath.get(path) ?? []), ...group.diagnostics]);
  }
  for (const [path, diagnostics] of byPath) {
    const count = await writeBaseline(path, { diagnostics, sources });
    printNote(`${counted(count, "finding")} written to ${path}`);
  }
}

/** Returns the findings that a baseline does not know. Says how many it knows, and how many of its findings are gone. */
async function withoutKnown(path: string, findings: LintFindings): Promise<readonly Diagnostic[]> {
  const { fresh, known, gone } = await holdAgainst(path, findings);
  if (known > 0) printNote(`${counted(known, "finding")} of ${path} not told`);
  if (gone > 0) printNote(`${counted(gone, "finding")} of ${path} gone: write it anew`);
  return fresh;
}

/** Drops the findings that a baseline knows. Groups with one baseline in common are held to it together. */
async function freshGroups({ groups, sources }: Linted, options: LintCommandOptions): Promise<readonly LintedGroup[]> {
  if (options.baseline !== undefined) {
    const all = groups.flatMap(({ diagnostics }) => diagnostics);
    const fresh = new Set(await withoutKnown(options.baseline, { diagnostics: all, sources }));
    return groups.map((group) => ({ ...group, diagnostics: group.diagnostics.filter((found) => fresh.has(found)) }));
  }
  const held: LintedGroup[] = [];
  for (const group of groups) {
    const path = baselineOf(group, options);
    const { diagnostics } = group;
    held.push(
      path === null ? group : { ...group, diagnostics: [...(await withoutKnown(path, { diagnostics, sources }))] },
    );
  }
  return held;
}

function countOf(severity: Diagnostic["severity"], groups: readonly LintedGroup[]): number {
  return groups.flatMap(({ diagnostics }) => diagnostics.filter((found) => found.severity === severity)).length;
}

/**
 * Returns true where there are more warnings than `most`, over all specs. Where `most` is not given, the warnings of each
 * configuration are held to its own number.
 */
function hasTooManyWarnings(groups: readonly LintedGroup[], most: number | undefined): boolean {
  if (most !== undefined) return countOf("warning", groups) > most;
  return groups.some((group) => countOf("warning", [group]) > (group.config.maxWarnings ?? 0));
}

/** Reviews specs, and prints or repairs what is found. Sets the exit code. */
export async function runLint(paths: readonly string[], options: LintCommandOptions): Promise<void> {
  const specs = findSpecs(paths);
  if (specs.length === 0) throw new CliError(`No .mnet file lies in ${paths.join(", ")}`);
  const linted = await lintAll(specs, options);
  if (options.writeBaseline === true) {
    await writeBaselines(linted, options);
    return;
  }
  const groups = await freshGroups(linted, options);
  const diagnostics = groups.flatMap((group) => group.diagnostics);
  const files = specs.map((spec) => (spec === "-" ? "<stdin>" : spec));
  await printLint(options.format, { diagnostics, sources: linted.sources, files });
  if (diagnostics.length === 0 && options.format === "text") {
    printNote(`${counted(linted.networks, "network")} reviewed, nothing found`);
  }
  const failing = countOf("error", groups) > 0 || hasTooManyWarnings(groups, options.maxWarnings);
  process.exitCode = failing ? exitCode.findings : exitCode.clean;
}
