import fc from "fast-check";
import type { FileItem } from "../../src/syntax/ast.ts";

/** A tree as the parser makes it, without its spans. */
type Tree = Readonly<Record<string, unknown>> & { readonly kind: string };

const names = ["a", "bc", "x1", "_y", "step", "from", "shape", "params", "n", "inner", "relu6", "conv", "Stage"];
const word = fc.constantFrom(...names);
const name = word.map((text) => ({ kind: "name", text }));
const doc = fc.option(
  fc.array(fc.constantFrom("", "α in the paper", "x / y", "two  words"), { minLength: 1, maxLength: 2 }),
  {
    freq: 4,
  },
);
const docText = doc.map((lines) => lines?.join("\n") ?? null);
const whole = fc.integer({ min: 0, max: 99999 });
const dims = fc.array(whole, { minLength: 2, maxLength: 3 }).map((values) => ({ kind: "dims", values }));
const arithmetic = ["+", "-", "*", "/", "%"];
const operator = fc.constantFrom("or", "and", "==", "!=", "<", "<=", ">", ">=", ...arithmetic);

function unique<T>(arbitrary: fc.Arbitrary<T>, key: (value: T) => string, minLength = 0): fc.Arbitrary<T[]> {
  return fc.uniqueArray(arbitrary, { selector: key, minLength, maxLength: Math.max(3, minLength) });
}

const { expression, list } = fc.letrec<{ expression: Tree; list: Tree; argument: unknown }>((tie) => ({
  list: fc.record({ kind: fc.constant("list"), elements: fc.array(tie("expression"), { maxLength: 3 }) }),
  argument: fc.record({ name: fc.constant(null), value: tie("expression") }),
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("number"), value: fc.oneof(whole, fc.double({ min: 0, max: 1e300, noNaN: true })) }),
    fc.record({ kind: fc.constant("reference"), name: word }),
    fc.record({ kind: fc.constant("boolean"), value: fc.boolean() }),
    fc.record({ kind: fc.constant("string"), value: fc.string({ unit: "binary", maxLength: 6 }) }),
    fc.record({ kind: fc.constant("input-extent"), axis: fc.constantFrom("h", "w", "c") }),
    dims,
    tie("list"),
    fc.record({ kind: fc.constant("unary"), operator: fc.constantFrom("-", "not"), operand: tie("expression") }),
    fc.record({ kind: fc.constant("binary"), operator, left: tie("expression"), right: tie("expression") }),
    fc.record({
      kind: fc.constant("call"),
      callee: name,
      args: fc
        .tuple(
          fc.array(tie("argument"), { maxLength: 2 }),
          unique(fc.record({ name, value: tie("expression") }), ({ name: { text } }) => text),
        )
        .map(([positional, named]) => [...positional, ...named]),
    }),
  ),
}));

// A key called "from" would name the value that a statement reads.
const attribute = fc.record({
  kind: fc.constant("attribute"),
  key: name.filter(({ text }) => text !== "from"),
  value: expression,
});
const attributes = unique(attribute, ({ key }) => key.text);
const label = fc.option(name);
const expectedShape = fc.option(fc.oneof(dims, list), { freq: 2 });
const path = fc.record({
  kind: fc.constant("path-reference"),
  parts: fc.array(name, { minLength: 1, maxLength: 3 }),
});

const from = fc.array(path, { maxLength: 2 });

const call = fc.record({
  kind: fc.constant("call-statement"),
  doc: docText,
  label,
  callee: name,
  positional: fc.array(expression, { maxLength: 3 }),
  attributes,
  from,
  expectedShape,
});

const headerCell = fc.record({ kind: fc.constant("header-cell"), column: name, through: fc.option(name) });
const table = unique(headerCell, ({ column }) => column.text, 1).chain((header) =>
  fc.record({
    kind: fc.constant("table"),
    doc: docText,
    label,
    block: name,
    attributes,
    from,
    header: fc.constant(header),
    rows: fc.array(
      fc.record({
        kind: fc.constant("row"),
        cells: fc.array(fc.record({ value: fc.option(expression, { freq: 3 }) }), {
          minLength: header.length,
          maxLength: header.length,
        }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
);

const letDeclaration = fc.record({
  kind: fc.constant("let"),
  doc: docText,
  name,
  parameters: fc.option(unique(name, ({ text }) => text, 1)),
  value: expression,
});

const defaultDeclaration = fc.record({
  kind: fc.constant("default"),
  op: name,
  attributes: unique(attribute, ({ key }) => key.text, 1),
});

const { body } = fc.letrec<{ body: Tree[]; statement: Tree; path: Tree }>((tie) => ({
  body: fc.array(tie("statement"), { maxLength: 3, depthIdentifier: "body" }),
  path: fc.record({
    kind: fc.constant("path"),
    doc: docText,
    label,
    from: fc.option(path),
    body: tie("body"),
  }),
  statement: fc.oneof(
    { maxDepth: 3, depthIdentifier: "body" },
    call,
    table,
    letDeclaration,
    defaultDeclaration,
    fc.record({
      kind: fc.constant("branch"),
      doc: docText,
      label,
      join: fc.constantFrom("add", "sub", "mul", "concat", "none").map((text) => ({ kind: "name", text })),
      from,
      paths: fc.array(tie("path"), { minLength: 2, maxLength: 3 }),
      expectedShape,
    }),
    fc.record({
      kind: fc.constant("if"),
      condition: expression,
      then: tie("body"),
      otherwise: fc.option(tie("body")),
    }),
  ),
}));

const networkOnly = fc.oneof(
  fc.record({
    kind: fc.constant("param"),
    doc: docText,
    name,
    value: expression,
    range: fc.option(fc.record({ low: expression, high: expression, step: fc.option(expression) })),
  }),
  fc.record({ kind: fc.constant("input"), doc: docText, name, shape: fc.oneof(dims, list), attributes }),
  fc.record({ kind: fc.constant("output"), doc: docText, name, path }),
  fc.record({
    kind: fc.constant("assert"),
    subject: fc.oneof(
      fc.record({ kind: fc.constant("metric"), metric: fc.constantFrom("params", "macs", "memory") }),
      fc.record({ kind: fc.constant("shape"), path }),
    ),
    operator: fc.constantFrom("==", "!=", "<", "<=", ">", ">="),
    bound: expression,
    why: fc.option(fc.string({ maxLength: 6 })),
  }),
);

const broken = fc.constant(false);
const network = fc.record({
  kind: fc.constant("network"),
  doc: docText,
  name,
  attributes,
  body: fc.tuple(fc.array(networkOnly, { maxLength: 4 }), body).map(([own, shared]) => [...own, ...shared]),
  broken,
});
const preset = fc.record({
  kind: fc.constant("preset"),
  doc: docText,
  name,
  base: name,
  args: unique(fc.record({ name, value: expression }), (argument) => argument.name.text),
  broken,
});
const blockParameter = fc
  .record({ kind: fc.constant("block-parameter"), first: fc.boolean(), name, value: fc.option(expression) })
  .map((parameter) => ({ ...parameter, first: parameter.first && parameter.value !== null }));
const block = fc.record({
  kind: fc.constant("block"),
  doc: docText,
  name,
  parameters: unique(blockParameter, (parameter) => parameter.name.text),
  attributes,
  body,
  broken,
});
const imported = fc.record({ kind: fc.constant("import"), path: fc.string({ maxLength: 8 }) });

/** The items of a file without faults of syntax, a network first, and without spans. */
export const program: fc.Arbitrary<readonly FileItem[]> = fc
  .tuple(network, fc.array(fc.oneof(network, preset, block, imported, letDeclaration), { maxLength: 2 }))
  .map(([first, rest]) => [first, ...rest] as unknown as readonly FileItem[]);
