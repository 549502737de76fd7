import { expect, test } from "vitest";
import { completion } from "../../src/lsp/completion/completion.ts";
import { network, openMarked } from "./marked-workspace.ts";

function labelsAt(marked: string, others?: Readonly<Record<string, string>>): readonly string[] {
  const { state, project, position } = openMarked(marked, others);
  return completion(state, project, position).map(({ label }) => label);
}

const block = "/// A unit.\nblock unit(c, t = 2, first s = 1) {\n  conv 1x1 c\n}\n";

interface Case {
  readonly place: string;
  readonly text: string;
  readonly offers: readonly string[];
  /** Proposals that do not fit there. */
  readonly not?: readonly string[];
  readonly others?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  { place: "between declarations", text: "¦\n", offers: ["network", "block", "let", "import"], not: ["conv"] },
  {
    place: "where a statement of a network begins",
    text: block + network("  ¦"),
    offers: ["conv", "depthwise", "bottleneck", "unit", "branch", "param", "assert", "default"],
    not: ["network", "relu6"],
  },
  {
    place: "where a statement of a block begins",
    text: "block unit(c) {\n  ¦\n}\n",
    offers: ["conv", "let", "if"],
    not: ["param", "output"],
  },
  { place: "in the middle of a word", text: network("  co¦nv 3x3 8"), offers: ["conv"] },
  {
    place: "the value of an attribute",
    text: network("  conv 3x3 8 act=¦"),
    offers: ["relu", "relu6", "none", "hswish", "width"],
    not: ["same"],
  },
  { place: "padding's words", text: network("  conv 3x3 8 padding=¦"), offers: ["same", "torch"], not: ["relu"] },
  {
    place: "a key behind others",
    text: network("  conv 3x3 8 act=relu ¦"),
    offers: ["stride", "norm", "groups"],
    not: ["act"],
  },
  { place: "the keys of a block", text: block + network("  unit 8 t¦=3"), offers: ["t"], not: ["stride"] },
  {
    place: "the columns of a table",
    text: block + network("  unit {\n    | c | ¦ |\n    | 8 | 1 |\n  }"),
    offers: ["t", "s", "n", "residual"],
    not: ["c"],
  },
  {
    place: "a cell",
    text: network("  bottleneck {\n    | t | c | n | s | residual |\n    | 1 | 8 | 1 | 1 | ¦ |\n  }"),
    offers: ["auto", "never", "always"],
  },
  {
    place: "the function of a column",
    text: `let ch(c) = c * 2\n${network("  bottleneck {\n    | t | ¦(c) |\n    | 1 | 8 |\n  }")}`,
    offers: ["ch", "divisible"],
    not: ["width"],
  },
  {
    place: "in an expression",
    text: `let base = 8\n${network("  conv 3x3 (base * ¦)")}`,
    offers: ["width", "base", "ceil", "divisible"],
    not: ["relu"],
  },
  {
    place: "what is declared later is not in sight",
    text: network("  let a = ¦\n  let b = 2"),
    offers: ["width"],
    not: ["a", "b"],
  },
  {
    place: "parameters in a block",
    text: "block unit(c, t = 2) {\n  conv 1x1 (c * ¦)\n}\n",
    offers: ["c", "t"],
    not: ["width"],
  },
  { place: "the arguments of a function of one's own", text: "let f(channels) = 2 * ¦\n", offers: ["channels"] },
  {
    place: "the extents of the input",
    text: "block unit(c) {\n  conv 1x1 in.¦\n}\n",
    offers: ["h", "w", "c"],
    not: ["conv"],
  },
  {
    place: "the settings of batch norm",
    text: network("  conv 3x3 8 norm=batch(¦)"),
    offers: ["eps", "momentum"],
    not: ["stride"],
  },
  {
    place: "settings left to give",
    text: network("  conv 3x3 8 norm=batch(eps=1e-3, ¦)"),
    offers: ["momentum"],
    not: ["eps"],
  },
  {
    place: "the op of a default",
    text: network("  default ¦ act=relu"),
    offers: ["conv", "depthwise"],
    not: ["bottleneck", "flatten"],
  },
  { place: "the keys of a default", text: network("  default conv ¦=relu"), offers: ["act", "norm"], not: ["stride"] },
  {
    place: "the join of a branch",
    text: network("  b: branch ¦ {\n    path { }\n    path { }\n  }"),
    offers: ["add", "sub", "mul", "concat"],
  },
  {
    place: "between the paths of a branch",
    text: network("  b: branch add {\n    path { }\n    ¦\n  }"),
    offers: ["path"],
    not: ["conv"],
  },
  {
    place: "where a path comes from",
    text: network("  stem: conv 3x3 8\n  b: branch add {\n    path from=¦ { }\n    path { }\n  }"),
    offers: ["stem", "image"],
  },
  { place: "an output's layer", text: network("  stem: conv 3x3 8\n  output features = ¦"), offers: ["stem"] },
  {
    place: "inside a block's instance",
    text: network("  b: bottleneck t=2 c=8\n  output features = b/¦"),
    offers: ["expand", "depthwise", "project"],
    not: ["stem"],
  },
  { place: "what can be asserted", text: network("  assert ¦ < 2M"), offers: ["params", "macs", "memory", "shape"] },
  { place: "the network of a preset", text: `${network("  conv 3x3 8")}network Wide = ¦()\n`, offers: ["N"] },
  { place: "the params of a preset", text: `${network("  conv 3x3 8")}network Wide = N(¦=2)\n`, offers: ["width"] },
  {
    place: "the keys of a network",
    text: "network N ¦=x {\n  input image [8, 8, 3]\n}\n",
    offers: ["family", "labels"],
  },
  { place: "the keys of an input", text: "network N {\n  input image [8, 8, 3] ¦=1\n}\n", offers: ["mean", "std"] },
  { place: "the residual of a block", text: "block unit(c) ¦=auto {\n  conv 1x1 c\n}\n", offers: ["residual"] },
  { place: "a condition", text: network("  if ¦ > 1 { conv 3x3 8 }"), offers: ["width"] },
  { place: "the range of a param", text: `let most = 4\n${network("  param k = 1 in 1 .. ¦")}`, offers: ["most"] },
  { place: "an expected shape", text: network("  conv 3x3 8 -> [¦, 32, 8]"), offers: ["width"] },
  { place: "a list", text: network("  conv 3x3 8 stride=[¦, 1]"), offers: ["width"] },
  { place: "an import", text: 'import "¦"\n', offers: ["blocks.mnet"], others: { "blocks.mnet": block, "n.mnet": "" } },
  { place: "a comment", text: network("  // co¦"), offers: [], not: ["conv"] },
  { place: "a doc comment", text: `/// ne¦\n${network("")}`, offers: [], not: ["network"] },
  { place: "a number", text: network("  conv 3x3 8¦"), offers: [], not: ["width"] },
];

test.each(cases)("$place", ({ text, offers, not = [], others }) => {
  const labels = labelsAt(text, others);
  expect(labels).toEqual(expect.arrayContaining([...offers]));
  for (const label of not) expect(labels).not.toContain(label);
});

test("what is written replaces the word, and functions open their bracket", () => {
  const { state, project, position } = openMarked(network("  conv 3x3 di¦v"));
  const found = completion(state, project, position).find(({ label }) => label === "divisible");
  expect(found?.textEdit).toEqual({
    range: { start: { line: 3, character: 11 }, end: { line: 3, character: 14 } },
    newText: "divisible(",
  });
});

test("blocks say their parameters and their doc comment", () => {
  const { state, project, position } = openMarked(block + network("  un¦"));
  const found = completion(state, project, position).find(({ label }) => label === "unit");
  expect(found).toMatchObject({ detail: "block unit(c, t, s)", documentation: { value: "A unit." } });
});
