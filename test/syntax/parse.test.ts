import { describe, expect, it } from "vitest";
import type { Expression, FileItem, Statement } from "../../src/syntax/ast.ts";
import { inNetwork, parseText, withoutSpans } from "./tree-text.ts";

/** The only item of a text without findings. */
function item(text: string): FileItem {
  const { file, diagnostics } = parseText(text);
  expect(diagnostics).toEqual([]);
  expect(file.items).toHaveLength(1);
  return file.items[0] as FileItem;
}

function statements(...lines: readonly string[]): readonly Statement[] {
  const network = item(inNetwork(...lines));
  return network.kind === "network" ? network.body : [];
}

/** An expression as text with every operator in parentheses. */
function grouped(node: Expression): string {
  switch (node.kind) {
    case "binary":
      return `(${grouped(node.left)} ${node.operator} ${grouped(node.right)})`;
    case "unary":
      return `(${node.operator} ${grouped(node.operand)})`;
    case "reference":
      return node.name;
    case "number":
      return String(node.value);
    case "call":
      return `${node.callee.text}(${node.args.map(({ name, value }) => (name ? `${name.text}=` : "") + grouped(value)).join(", ")})`;
    case "input-extent":
      return `in.${node.axis}`;
    case "list":
      return `[${node.elements.map(grouped).join(", ")}]`;
    default:
      return node.kind;
  }
}

function value(text: string): Expression {
  const [first] = statements(`let x = ${text}`);
  if (first?.kind !== "let") throw new Error("not a let");
  return first.value;
}

describe("expressions", () => {
  it.each([
    ["1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"],
    ["a - b - c", "((a - b) - c)"],
    ["a / b % c * d", "(((a / b) % c) * d)"],
    ["(1 + 2) * 3", "((1 + 2) * 3)"],
    ["-a * -b", "((- a) * (- b))"],
    ["- -a", "(- (- a))"],
    ["1 - -2", "(1 - (- 2))"],
    ["a or b and not c == d", "(a or (b and (not (c == d))))"],
    ["not a and b", "((not a) and b)"],
    ["not not a", "(not (not a))"],
    ["not a or not b", "((not a) or (not b))"],
    ["a < b and c >= d + 1", "((a < b) and (c >= (d + 1)))"],
    ["(not a) == b", "((not a) == b)"],
    ["f(1, b=g(2))", "f(1, b=g(2))"],
    ["divisible(c * width, 8, limit = 0.9)", "divisible((c * width), 8, limit=0.9)"],
    ["t * in.c", "(t * in.c)"],
    ["[a, [1, 2], []]", "[a, [1, 2], []]"],
    ['[3x3, "s", true]', "[dims, string, boolean]"],
  ])("%s", (text, expected) => {
    expect(grouped(value(text))).toBe(expected);
  });

  it("holds the values of literals", () => {
    expect(withoutSpans(value("3.6M"))).toEqual({ kind: "number", value: 3.6e6 });
    expect(withoutSpans(value("7x7x320"))).toEqual({ kind: "dims", values: [7, 7, 320] });
    expect(withoutSpans(value(String.raw`"a\n\u00e9\"/"`))).toEqual({ kind: "string", value: 'a\né"/' });
    expect(withoutSpans(value("false"))).toEqual({ kind: "boolean", value: false });
  });

  it("may break inside parentheses", () => {
    expect(grouped(value("f(\n  1,\n  2\n  + 3\n)"))).toBe("f(1, (2 + 3))");
  });

  it("nests 64 deep and chains 1000 long without a stack to end", () => {
    expect(value("(".repeat(63) + "1" + ")".repeat(63)).kind).toBe("number");
    expect(value("f(".repeat(63) + "1" + ")".repeat(63)).kind).toBe("call");
    expect(value("[".repeat(63) + "1" + "]".repeat(63)).kind).toBe("list");
    expect(value(`1${" + 1".repeat(1000)}`).kind).toBe("binary");
    expect(value(`${"not ".repeat(1000)}true`).kind).toBe("unary");
  });
});

describe("spans", () => {
  const text = "network N {\n  stem: conv 3x3 (t * in.c) act=(a + b) * c -> [7, 7, 3]\n}\n";
  const at = (span: { start: number; end: number }) => text.slice(span.start, span.end);

  it("cover exactly what was written", () => {
    const network = item(text);
    if (network.kind !== "network") throw new Error("no network");
    expect(at(network.span)).toBe(text.trimEnd());
    expect(at(network.name.span)).toBe("N");
    const [stem] = network.body;
    if (stem?.kind !== "call-statement") throw new Error("no statement");
    expect(at(stem.span)).toBe("stem: conv 3x3 (t * in.c) act=(a + b) * c -> [7, 7, 3]");
    expect(stem.label && at(stem.label.span)).toBe("stem");
    expect(at(stem.callee.span)).toBe("conv");
    expect(stem.positional.map(({ span }) => at(span))).toEqual(["3x3", "(t * in.c)"]);
    expect(stem.attributes.map(({ span }) => at(span))).toEqual(["act=(a + b) * c"]);
    expect(stem.expectedShape && at(stem.expectedShape.span)).toBe("[7, 7, 3]");
    const act = stem.attributes[0]?.value;
    if (act?.kind !== "binary") throw new Error("no product");
    expect([at(act.span), at(act.left.span), at(act.right.span)]).toEqual(["(a + b) * c", "(a + b)", "c"]);
  });
});

describe("statements", () => {
  it("a call takes positional arguments, attributes and a shape", () => {
    expect(withoutSpans(statements("conv k (t * in.c) stride = 2 norm=batch(eps=1e-3) -> 7x7x3"))).toMatchObject([
      {
        kind: "call-statement",
        label: null,
        callee: { text: "conv" },
        positional: [{ kind: "reference", name: "k" }, { kind: "binary" }],
        attributes: [{ key: { text: "stride" } }, { key: { text: "norm" }, value: { kind: "call" } }],
        expectedShape: { kind: "dims", values: [7, 7, 3] },
      },
    ]);
  });

  it("a call is told from two arguments by the blank", () => {
    expect(withoutSpans(statements("conv ch(32)", "conv ch (32)"))).toMatchObject([
      { positional: [{ kind: "call" }] },
      { positional: [{ kind: "reference" }, { kind: "number" }] },
    ]);
  });

  it("a table has columns, rows, empty cells and a separator that leaves nothing", () => {
    const table = [
      "stage: bottleneck act=relu6 {",
      "  | t | ch(c) | n |",
      "  |---|:-----:|--:|",
      "",
      "  | 1 | 16 | | // comment",
      "  // comment",
      "  | t * 2 | select(a, 1, 2) | 3 |",
      "}",
    ];
    expect(withoutSpans(statements(...table))).toMatchObject([
      {
        kind: "table",
        label: { text: "stage" },
        block: { text: "bottleneck" },
        attributes: [{ key: { text: "act" } }],
        header: [
          { column: { text: "t" }, through: null },
          { column: { text: "c" }, through: { text: "ch" } },
          { column: { text: "n" }, through: null },
        ],
        rows: [
          { cells: [{ value: { kind: "number", value: 1 } }, { value: { value: 16 } }, { value: null }] },
          { cells: [{ value: { kind: "binary" } }, { value: { kind: "call" } }, { value: { value: 3 } }] },
        ],
      },
    ]);
  });

  it("a branch has labelled and empty paths, a start and a shape", () => {
    const branch = [
      "b: branch concat {",
      "  path { }",
      "  /// Deep.",
      "  deep: path from=a/b { conv 3 }",
      "} -> 1x1x8",
    ];
    expect(withoutSpans(statements(...branch))).toMatchObject([
      {
        kind: "branch",
        label: { text: "b" },
        join: { text: "concat" },
        paths: [
          { label: null, from: null, body: [], doc: null },
          { label: { text: "deep" }, doc: "Deep.", from: { parts: [{ text: "a" }, { text: "b" }] }, body: [{}] },
        ],
        expectedShape: { values: [1, 1, 8] },
      },
    ]);
  });

  it("an if chain is an otherwise of one if", () => {
    const chain = ["if a { conv 1 } else if b { conv 2 }", "", "// between", "else { conv 3 } pool avg"];
    expect(withoutSpans(statements(...chain))).toMatchObject([
      {
        kind: "if",
        condition: { name: "a" },
        then: [{ positional: [{ value: 1 }] }],
        otherwise: [{ kind: "if", condition: { name: "b" }, then: [{}], otherwise: [{ positional: [{ value: 3 }] }] }],
      },
      { kind: "call-statement", callee: { text: "pool" } },
    ]);
    expect(withoutSpans(statements("if a { }"))).toMatchObject([{ then: [], otherwise: null }]);
  });

  it("an else if does not nest", () => {
    const long = "if a { conv 1 }" + " else if b { conv 2 }".repeat(900);
    expect(statements(long)).toHaveLength(1);
  });

  it("declarations of a network", () => {
    const lines = [
      "/// α",
      "param width = 1.0 in 0.1 .. 2.0",
      "param size = 224 in 32 .. 1024 step 32",
      "param deep = false",
      "let ch(c, d) = divisible(c * width, 8)",
      "default conv norm=batch act=relu6",
      "input image [size, size, 3] mean=127.5",
      "output features = stem/conv1",
      'assert params <= 3.6M "fits"',
      "assert shape(a/b) == 7x7x320",
    ];
    expect(withoutSpans(statements(...lines))).toMatchObject([
      { kind: "param", doc: "α", name: { text: "width" }, range: { low: { value: 0.1 }, high: {}, step: null } },
      { kind: "param", name: { text: "size" }, range: { high: { value: 1024 }, step: { value: 32 } } },
      { kind: "param", range: null },
      { kind: "let", name: { text: "ch" }, parameters: [{ text: "c" }, { text: "d" }], value: { kind: "call" } },
      { kind: "default", op: { text: "conv" }, attributes: [{}, {}] },
      { kind: "input", name: { text: "image" }, shape: { kind: "list" }, attributes: [{}] },
      { kind: "output", name: { text: "features" }, path: { parts: [{ text: "stem" }, { text: "conv1" }] } },
      { kind: "assert", subject: { kind: "metric", metric: "params" }, operator: "<=", bound: {}, why: "fits" },
      { kind: "assert", subject: { kind: "shape", path: { parts: [{}, {}] } }, operator: "==", why: null },
    ]);
  });
});

describe("a file", () => {
  it("holds imports, lets, blocks, networks and presets, and their docs", () => {
    const { file, diagnostics } = parseText(
      [
        'import "a.mnet"',
        "let base = 8",
        "/// One.",
        "/// Two.",
        "block unit(t = 6, c, first s = 1) residual=auto {",
        "}",
        'network A family=x labels=["a", "b"] {',
        "}",
        "network B = A(width=1.4)",
        "block none { }",
      ].join("\r\n"),
    );
    expect(diagnostics).toEqual([]);
    expect(withoutSpans(file.items)).toMatchObject([
      { kind: "import", path: "a.mnet" },
      { kind: "let", parameters: null },
      {
        kind: "block",
        doc: "One.\nTwo.",
        parameters: [
          { first: false, name: { text: "t" }, value: { value: 6 } },
          { first: false, name: { text: "c" }, value: null },
          { first: true, name: { text: "s" }, value: { value: 1 } },
        ],
        attributes: [{ key: { text: "residual" } }],
        broken: false,
      },
      { kind: "network", name: { text: "A" }, attributes: [{}, {}], body: [], broken: false },
      { kind: "preset", name: { text: "B" }, base: { text: "A" }, args: [{ name: { text: "width" } }], broken: false },
      { kind: "block", parameters: [] },
    ]);
    expect(file.incomplete).toBe(false);
  });
});
