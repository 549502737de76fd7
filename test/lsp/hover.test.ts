import { expect, test } from "vitest";
import { hover } from "../../src/lsp/hover.ts";
import { network, openMarked } from "./marked-workspace.ts";

function hoverAt(marked: string): string | null {
  const { state, project, position } = openMarked(marked);
  const found = hover(state, project, position);
  return found === null ? null : (found.contents as { readonly value: string }).value;
}

const block = "/// A unit.\nblock unit(c, t = 2, first s = 1) {\n  conv 1x1 c stride=s\n}\n";
const rows = (cells: string) => network(`  bottleneck {\n    | t | c | n | s |\n    ${cells}\n  }`);

const cases: readonly (readonly [place: string, text: string, says: readonly string[]])[] = [
  [
    "an op, with its figures",
    network("  con¦v 3x3 8"),
    ["Convolution", "`padding`", "**32x32x8** from 32x32x3", "224"],
  ],
  ["an attribute, with its default", network("  conv 3x3 8 str¦ide=1"), ["`stride`", "Default `1`"]],
  ["a word", network("  conv 3x3 8 act=hswi¦sh"), ["`hswish`"]],
  ["a symbol with settings", network("  conv 3x3 8 norm=ba¦tch(eps=1e-3)"), ["momentum"]],
  ["a setting", network("  conv 3x3 8 norm=batch(e¦ps=1e-3)"), ["Default `1e-3`"]],
  [
    "a block, with its doc comment",
    block + network("  un¦it 8"),
    ["block unit(c, t = 2, first s = 1)", "A unit.", "32x32x8"],
  ],
  ["the parameter that a key names", block + network("  unit 8 ¦t=3"), ["t = 2", "Parameter of block `unit`"]],
  ["a first-repeat parameter", block + network("  unit 8 ¦s=1"), ["First-repeat parameter"]],
  ["a value of the file", `let base = 8\n${network("  conv 3x3 ba¦se")}`, ["let base = 8", "Value: `8`"]],
  ["a param", network("  conv 3x3 (8 * wi¦dth)"), ["param width = 1.0 in 0.5 .. 2.0", "Value: `1`"]],
  ["a value of the network", network("  let c = 8 * width\n  conv 3x3 ¦c"), ["Value: `8`"]],
  ["an argument of a function", "let f(x) = 2 * ¦x\n", ["Argument of `f`"]],
  ["a function that comes with the language", network("  conv 3x3 divi¦sible(20, 8)"), ["The multiple of `by`"]],
  ["a metric", network("  conv 3x3 8\n  assert par¦ams < 2M"), ["Trainable weights"]],
  ["an extent", "block unit(c) {\n  conv 1x1 in.¦c\n}\n", ["channels of the input"]],
  ["a key of a block", "block unit(c) resi¦dual=auto {\n  conv 1x1 c\n}\n", ["`auto`", "`always`"]],
  ["a key of an input", "network N {\n  input image [8, 8, 3] me¦an=[1, 1, 1]\n  conv 1x1 2\n}\n", ["`mean`"]],
  ["a label, with the figures of its layer", network("  st¦em: conv 3x3 8"), ["`stem`", "receptive field 3"]],
  ["an output", network("  stem: conv 3x3 8\n  output featu¦res = stem"), ["output features = stem"]],
  ["the input", network("  conv 3x3 8").replace("image", "ima¦ge"), ["input image [32, 32, 3]"]],
  [
    "a row, with what becomes of each residual",
    rows("| 6 | 8 | 2 | 1¦ |"),
    ["2 times", "bottleneck1_1`: no residual, 3 to 8 channels", "bottleneck1_2`: residual", "in force: `t=6 c=8 s=1`"],
  ],
  ["a preset", `${network("  conv 3x3 8")}network Wi¦de = N(width=2)\n`, ["1 layer,", "224 trainable"]],
  ["a network", network("  conv 3x3 8").replace("N {", "¦N {"), ["network N", "221 184 multiply-adds"]],
  [
    "a network that states what must hold",
    network("  conv 3x3 8\n  assert params < 100").replace("N {", "¦N {"),
    ["fails: params < 100"],
  ],
];

test.each(cases)("%s", (_place, text, says) => {
  const found = hoverAt(text);
  for (const piece of says) expect(found).toContain(piece);
});

test("places that say nothing", () => {
  expect(hoverAt(network("  conv 3x3 8\n¦"))).toBeNull();
  expect(hoverAt(`// a com¦ment\n${network("  conv 3x3 8")}`)).toBeNull();
});

test("a row of many repeats names the first ones, and how many there are beside", () => {
  expect(hoverAt(rows("| 6 | 8 | 40 | 1¦ |"))).toMatch(/bottleneck1_24`.*\n- 16 more\n[^]*more layers/);
});

test("a layer that an error leaves open has no figures", () => {
  expect(hoverAt(network("  conv 3x3 width2\n  con¦v 3x3 8"))).not.toContain("multiply-adds");
});
