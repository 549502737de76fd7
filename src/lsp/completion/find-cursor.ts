import { signatureOf } from "../../language/op-signatures.ts";
import type {
  Attribute,
  CallStatement,
  DefaultDeclaration,
  Expression,
  FileItem,
  Name,
  PathReference,
  PresetDeclaration,
  SourceFile,
  Statement,
  TableStatement,
} from "../../syntax/ast.ts";
import { childrenOf, expressionsOf, operandsOf } from "../../syntax/visit.ts";
import type { Source } from "../../text/source.ts";
import { CURSOR } from "./cursor.ts";

/** What may be written at the cursor. The place where the parser puts a name that stands there decides it. */
export type Wanted =
  | { readonly kind: "item" }
  | { readonly kind: "nothing" }
  /** A statement, in a network itself or in a block or a path. */
  | { readonly kind: "statement"; readonly inNetwork: boolean }
  /** A value of an argument of an op or block. `keys` holds the keys that are given already; null where no key may stand. */
  | {
      readonly kind: "argument";
      readonly callee: string;
      readonly key: string | null;
      readonly keys: readonly string[] | null;
    }
  | { readonly kind: "key"; readonly callee: string; readonly taken: readonly string[] }
  | { readonly kind: "default-op" }
  | { readonly kind: "default-key"; readonly op: string; readonly taken: readonly string[] }
  | { readonly kind: "fixed"; readonly words: readonly string[]; readonly suffix: string }
  | { readonly kind: "column"; readonly block: string; readonly taken: readonly string[] }
  | { readonly kind: "function" }
  | { readonly kind: "value" }
  | { readonly kind: "setting"; readonly callee: string; readonly taken: readonly string[] }
  | { readonly kind: "label" }
  | { readonly kind: "path"; readonly before: readonly string[] }
  | { readonly kind: "network" }
  | { readonly kind: "preset-argument"; readonly base: string; readonly taken: readonly string[] };

export interface Found {
  readonly wanted: Wanted;
  /** The declaration that the cursor is in. */
  readonly item: FileItem | null;
}

/** Finds the cursor in a file that was parsed with its name. Returns null if the parser has no place for a name there. */
export function findCursor(ast: SourceFile, source: Source): Found | null {
  for (const item of ast.items) {
    const wanted = inItem(item, source);
    if (wanted !== null) return { wanted, item };
  }
  return null;
}

const isCursor = (name: Name | null): boolean => name?.text === CURSOR;

function firstOf<T>(items: Iterable<T>, find: (item: T) => Wanted | null): Wanted | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

function inItem(item: FileItem, source: Source): Wanted | null {
  switch (item.kind) {
    case "import":
      return null;
    case "let":
      return inValue(item.value);
    case "preset":
      return inPreset(item);
    case "network":
      return (
        inKeys(item.attributes, ["family", "labels"]) ??
        firstOf(item.body, (statement) => inStatement(statement, true, source))
      );
    case "block":
      return (
        inKeys(item.attributes, ["residual"]) ??
        inAttributes(item.attributes, "") ??
        firstOf(item.parameters, ({ value }) => (value === null ? null : inValue(value))) ??
        firstOf(item.body, (statement) => inStatement(statement, false, source))
      );
  }
}

function inKeys(attributes: readonly Attribute[], words: readonly string[]): Wanted | null {
  const present = keysOf(attributes);
  return attributes.some(({ key }) => isCursor(key))
    ? { kind: "fixed", words: words.filter((word) => !present.includes(word)), suffix: "=" }
    : null;
}

function keysOf(attributes: readonly Attribute[]): readonly string[] {
  return attributes.map(({ key }) => key.text).filter((key) => key !== CURSOR);
}

function inPreset({ base, args }: PresetDeclaration): Wanted | null {
  if (isCursor(base)) return { kind: "network" };
  const taken = args.flatMap(({ name }) => (name === null || isCursor(name) ? [] : [name.text]));
  return firstOf(args, ({ name, value }) => {
    const wanted: Wanted = { kind: "preset-argument", base: base.text, taken };
    if (isCursor(name) || (name === null && isReference(value))) return wanted;
    return inValue(value);
  });
}

function isReference(expression: Expression): boolean {
  return expression.kind === "reference" && expression.name === CURSOR;
}

/** Looks for the cursor in an expression, where any value may stand. */
function inValue(expression: Expression): Wanted | null {
  switch (expression.kind) {
    case "reference":
      return isReference(expression) ? { kind: "value" } : null;
    case "call": {
      const { callee, args } = expression;
      if (isCursor(callee)) return { kind: "function" };
      const taken = args.flatMap(({ name }) => (name === null || isCursor(name) ? [] : [name.text]));
      return firstOf(args, ({ name, value }) => {
        const isArgument = isCursor(name) || isReference(value);
        return isArgument ? { kind: "setting", callee: callee.text, taken } : inValue(value);
      });
    }
    default:
      return firstOf(operandsOf(expression), inValue);
  }
}

/** Looks in the value of a key: a word that the key takes, or an expression. */
function inArgument(
  callee: string,
  key: string | null,
  value: Expression,
  keys: readonly string[] | null,
): Wanted | null {
  return isReference(value) ? { kind: "argument", callee, key, keys } : inValue(value);
}

function inAttributes(attributes: readonly Attribute[], callee: string): Wanted | null {
  return firstOf(attributes, ({ key, value }) =>
    isCursor(key) ? { kind: "key", callee, taken: keysOf(attributes) } : inArgument(callee, key.text, value, null),
  );
}

function inStatement(statement: Statement, inNetwork: boolean, source: Source): Wanted | null {
  const inBody = (body: readonly Statement[], network: boolean): Wanted | null =>
    firstOf(body, (inner) => inStatement(inner, network, source));
  switch (statement.kind) {
    case "call-statement":
      return inCall(statement, inNetwork);
    case "table":
      return inTable(statement);
    case "branch":
      if (isCursor(statement.join))
        return { kind: "fixed", words: ["add", "sub", "mul", "concat", "none"], suffix: "" };
      return (
        inFrom(statement.from) ??
        firstOf(statement.paths, (path) => inFrom(path.from === null ? [] : [path.from]) ?? inBody(path.body, false))
      );
    case "default":
      return inDefault(statement);
    case "input":
      return (
        inKeys(statement.attributes, ["mean", "std"]) ??
        inAttributes(statement.attributes, "") ??
        (statement.shape === null ? null : inValue(statement.shape))
      );
    case "output":
      return inPath(statement.path);
    case "assert": {
      const { subject, bound } = statement;
      if (subject.kind === "shape") return inPath(subject.path) ?? inValue(bound);
      const written = source.text.slice(subject.span.start, subject.span.end);
      if (written === CURSOR) return { kind: "fixed", words: ["params", "macs", "memory", "shape"], suffix: "" };
      return inValue(bound);
    }
    default:
      return firstOf(expressionsOf(statement), inValue) ?? inBody(childrenOf(statement), inNetwork);
  }
}

function inCall(statement: CallStatement, inNetwork: boolean): Wanted | null {
  const { callee, positional, attributes, from, expectedShape } = statement;
  if (isCursor(callee)) return { kind: "statement", inNetwork };
  const names = signatureOf(callee.text)?.positional ?? null;
  return (
    firstOf(positional, (value) => {
      const index = positional.indexOf(value);
      return inArgument(callee.text, names?.[index] ?? null, value, keysOf(attributes));
    }) ??
    inAttributes(attributes, callee.text) ??
    inFrom(from) ??
    (expectedShape === null ? null : inValue(expectedShape))
  );
}

function inDefault({ op, attributes }: DefaultDeclaration): Wanted | null {
  if (isCursor(op)) return { kind: "default-op" };
  if (attributes.some(({ key }) => isCursor(key))) {
    return { kind: "default-key", op: op.text, taken: keysOf(attributes) };
  }
  return inAttributes(attributes, op.text);
}

function inTable({ block, attributes, from, header, rows }: TableStatement): Wanted | null {
  if (isCursor(block)) return { kind: "statement", inNetwork: false };
  const columns = header.map(({ column }) => column.text).filter((column) => column !== CURSOR);
  const inHeader = firstOf(header, ({ column, through }) => {
    if (isCursor(through)) return { kind: "function" };
    return isCursor(column) ? { kind: "column", block: block.text, taken: [...columns, ...keysOf(attributes)] } : null;
  });
  const inCells = (): Wanted | null =>
    firstOf(rows, ({ cells }) =>
      firstOf(cells, ({ value }) => {
        const index = cells.findIndex((cell) => cell.value === value);
        const column = header[index];
        return value === null ? null : inArgument(block.text, column?.column.text ?? null, value, null);
      }),
    );
  return inAttributes(attributes, block.text) ?? inFrom(from) ?? inHeader ?? inCells();
}

/** Finds the cursor in what `from=` names. */
function inFrom(from: readonly PathReference[]): Wanted | null {
  return from.some(({ parts }) => parts.some(isCursor)) ? { kind: "label" } : null;
}

function inPath({ parts }: PathReference): Wanted | null {
  const index = parts.findIndex(isCursor);
  return index < 0 ? null : { kind: "path", before: parts.slice(0, index).map(({ text }) => text) };
}
