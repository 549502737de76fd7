import type {
  BlockDeclaration,
  BranchPath,
  BranchStatement,
  IfStatement,
  NetworkDeclaration,
  Statement,
  Stretch,
  TableStatement,
} from "./ast.ts";
import type { Span } from "../text/span.ts";

/**
 * Returns a declaration in which a hole replaces each syntax error. A hole is a statement without a name and with an
 * unknown value. Lowering the result gives every value that depends on no error. Editors show its figures while the
 * user types. A file with a syntax error is never compiled.
 */
export function holeOutErrors<D extends NetworkDeclaration | BlockDeclaration>(
  declaration: D,
  spoiled: readonly Stretch[],
): D {
  const { span, body } = declaration;
  // An error in a block's head leaves its parameters unknown. A network's head declares no values.
  const headless = declaration.kind === "block" && holds(spoiled, span.start);
  return { ...declaration, broken: false, body: headless ? [holeAt(span)] : mendBody(body, span, spoiled) };
}

/**
 * Returns true if the stretch around `offset` has a syntax error. A statement, without its bodies, is in the stretch
 * of its first token.
 */
function holds(spoiled: readonly Stretch[], offset: number): boolean {
  return spoiled.some(({ start, end }) => start <= offset && offset < end);
}

/** Returns a statement without a name. Lowering it gives an unknown value. */
function holeAt(span: Span): Statement {
  const callee = { kind: "name", text: "", span } as const;
  const nothing = { doc: null, label: null, positional: [], attributes: [], from: [], expectedShape: null };
  return { kind: "call-statement", callee, ...nothing, span };
}

function mendBody(
  body: readonly Statement[],
  within: Stretch & Span,
  spoiled: readonly Stretch[],
): readonly Statement[] {
  const loose = looseStretches(body, within, spoiled);
  const mended: Statement[] = [];
  for (const statement of body) {
    while ((loose[0]?.start ?? Infinity) < statement.span.start) mended.push(holeAt({ ...within, ...loose.shift() }));
    mended.push(...mendStatement(statement, spoiled));
  }
  for (const stretch of loose) mended.push(holeAt({ ...within, ...stretch }));
  return mended;
}

/** Returns the stretches of a body that have a syntax error and no statement. The parser skipped their lines. */
function looseStretches(
  parts: readonly { readonly span: Span }[],
  within: Stretch,
  spoiled: readonly Stretch[],
): Stretch[] {
  return spoiled.filter(
    (stretch) =>
      // The stretch that starts at the head of the body belongs to the head.
      stretch.start > within.start &&
      stretch.start < within.end &&
      !parts.some(
        ({ span }) =>
          (stretch.start <= span.start && span.start < stretch.end) ||
          (span.start <= stretch.start && stretch.start < span.end),
      ),
  );
}

function mendStatement(statement: Statement, spoiled: readonly Stretch[]): readonly Statement[] {
  const inError = holds(spoiled, statement.span.start);
  switch (statement.kind) {
    case "assert":
    case "output":
      // No other statement reads these.
      return inError ? [] : [statement];
    case "let":
    case "param": {
      if (!inError) return [statement];
      // Nothing can read a value without a name.
      if (statement.name.text === "") return [];
      const value = { kind: "hole", span: statement.value.span } as const;
      return [statement.kind === "let" ? { ...statement, value } : { ...statement, value, range: null }];
    }
    case "table":
      return inError ? [holeAt(statement.span)] : mendTable(statement, spoiled);
    case "branch":
      return [inError ? holeAt(statement.span) : mendBranch(statement, spoiled)];
    case "if":
      return inError ? [holeAt(statement.span)] : mendIf(statement, spoiled);
    default:
      return [inError ? holeAt(statement.span) : statement];
  }
}

/** Returns a table with the rows before its first error, and a hole after it. */
function mendTable(table: TableStatement, spoiled: readonly Stretch[]): readonly Statement[] {
  const { span, header, rows } = table;
  const first = spoiled.find(({ start }) => start > span.start && start < span.end);
  if (first === undefined) return [table];
  const headerSpoiled = header.length === 0 || first.start <= (header[0]?.span.start ?? 0);
  const kept = headerSpoiled ? [] : rows.filter((row) => row.span.end <= first.start);
  const hole = holeAt({ ...span, start: Math.max(first.start, span.start) });
  return kept.length === 0 ? [hole] : [{ ...table, rows: kept }, hole];
}

/**
 * Returns a branch with a path of unknown value for each skipped line between two paths, because the line may have
 * been a path.
 */
function mendBranch(branch: BranchStatement, spoiled: readonly Stretch[]): Statement {
  const between = looseStretches(branch.paths, branch.span, spoiled).map((stretch): BranchPath => {
    const span = { ...branch.span, ...stretch };
    return { kind: "path", doc: null, label: null, from: null, body: [holeAt(span)], span };
  });
  const paths = branch.paths.map((path): BranchPath => {
    const { body, span } = path;
    return { ...path, body: holds(spoiled, span.start) ? [holeAt(span)] : mendBody(body, span, spoiled) };
  });
  return { ...branch, paths: [...between, ...paths].sort((a, b) => a.span.start - b.span.start) };
}

/**
 * Returns an `if` with holes in its arms. Skipped text between two arms may be the last line of the first or the head
 * of the second.
 */
function mendIf(statement: IfStatement, spoiled: readonly Stretch[]): readonly Statement[] {
  const { then, span } = statement;
  const otherwise = statement.otherwise ?? [];
  const first = { ...span, end: then.at(-1)?.span.end ?? span.start };
  const second = { ...span, start: otherwise[0]?.span.start ?? span.end };
  const between = { ...span, start: first.end, end: second.start };
  const unsure = looseStretches([...then, ...otherwise], between, spoiled).length > 0;
  const mended = { ...statement, then: mendBody(then, first, spoiled) };
  if (unsure) return [{ ...mended, otherwise: [holeAt(span)] }, holeAt(span)];
  return [{ ...mended, otherwise: statement.otherwise === null ? null : mendBody(otherwise, second, spoiled) }];
}
