import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BlockEntry, ProgramFile } from "../program/program.ts";
import type { Name } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Definition } from "./definition.ts";
import type { Meaning, Occurrence } from "./occurrence.ts";

/** A place that uses a block: a statement or a table. */
export interface BlockUse {
  readonly block: BlockEntry;
  readonly name: Name;
}

/** What the names of one declaration stand for, by its own text alone. */
export interface DeclarationNames {
  /** Every word that means something, but for the parts of paths. Not in order of place. */
  readonly occurrences: readonly Occurrence[];
  readonly problems: readonly Diagnostic[];
  /** In order of text. */
  readonly uses: readonly BlockUse[];
}

/** What resolving one declaration adds to. */
export interface Resolution {
  readonly file: ProgramFile;
  readonly occurrences: Occurrence[];
  readonly uses: BlockUse[];
  /** Null where a mistake has been reported already, so that names inside it are only told. */
  readonly problems: Diagnostic[] | null;
}

/** Notes what a word stands for. A word that recovery made up has no place and is left out. */
export function tell(
  { occurrences }: Resolution,
  span: Span,
  meaning: Meaning,
  role: Occurrence["role"] = "use",
): void {
  if (span.end > span.start) occurrences.push({ span, role, meaning });
}

/** Notes a name where it is declared. */
export function tellDefinition(resolution: Resolution, definition: Definition): void {
  tell(resolution, definition.span, { kind: "definition", definition }, "definition");
}

/** Returns the same resolution without reports: one mistake is one finding. */
export function withoutReports(resolution: Resolution): Resolution {
  return { ...resolution, problems: null };
}
