import { orderDiagnostics } from "../compile.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { inspect, type Inspection, type NetworkChoice } from "../inspect.ts";
import { reviewNetworks, type LintOptions } from "../lint/lint.ts";
import { loadProgram } from "../program/load-program.ts";
import type { Program, ReadFile } from "../program/program.ts";
import type { SourceFile } from "../syntax/ast.ts";
import { once } from "../text/once.ts";
import type { Source } from "../text/source.ts";
import { networkFigures, type NetworkFigures } from "./network-figures.ts";
import type { Occurrence } from "../names/occurrence.ts";
import { indexNames } from "./name-index.ts";

/**
 * One file at one moment. Its text, its imports and its lint options determine every part of it. Each part is made when first
 * asked for. A changed file gets a new state.
 */
export interface DocumentState {
  readonly source: Source;
  readonly ast: SourceFile;
  /** The file with what it imports. */
  readonly program: Program;
  /** Its networks as far as they can be read. */
  readonly inspection: Inspection;
  /** What the compiler and the rules find in this file and in those that it imports. Fixes have not been tried out. */
  readonly findings: readonly Diagnostic[];
  /** The rules' findings, with fixes that say how they change the figures. This takes several times as long. */
  readonly measured: readonly Diagnostic[];
  /** What the words of the file stand for. */
  readonly names: readonly Occurrence[];
  /** Figures of what stands in the file. */
  readonly figures: NetworkFigures;
  readonly lintOptions: LintOptions;
}

/**
 * Returns the state of a file.
 *
 * @param choice The network whose figures are shown where several networks share a place, and the values of its params.
 */
export function createDocumentState(
  source: Source,
  read: ReadFile,
  lintOptions: LintOptions = {},
  choice: NetworkChoice | null = null,
): DocumentState {
  const program = once(() => loadProgram(source, read));
  const inspection = once(() => inspect(program(), choice));
  const findings = once(() =>
    orderDiagnostics(program(), [
      ...inspection().diagnostics,
      ...review(inspection(), choice, { ...lintOptions, measure: false }),
    ]),
  );
  const measured = once(() => review(inspection(), choice, { ...lintOptions, measure: true }));
  const names = once(() => indexNames(inspection()));
  const figures = once(() => networkFigures(inspection(), choice?.network ?? null));
  return {
    source,
    lintOptions,
    get ast() {
      return program().entry.ast;
    },
    get program() {
      return program();
    },
    get inspection() {
      return inspection();
    },
    get findings() {
      return findings();
    },
    get measured() {
      return measured();
    },
    get names() {
      return names();
    },
    get figures() {
      return figures();
    },
  };
}

function review(
  { program, diagnostics, views }: Inspection,
  choice: NetworkChoice | null,
  options: LintOptions,
): readonly Diagnostic[] {
  const networks = new Map(
    [...views].flatMap(([name, { structured }]) => (structured === null ? [] : [[name, structured] as const])),
  );
  const isWhole = !hasErrors(diagnostics) && (choice === null || choice.set.size === 0);
  return reviewNetworks(program, networks, isWhole, options, choice);
}
