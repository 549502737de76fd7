import { describe, expect, it } from "vitest";
import { compiled, findings, network } from "../support/compile-text.ts";

/** The nodes of a network with what they read, by path. */
function readers(text: string): readonly string[] {
  const { training } = compiled(text);
  const paths = new Map(training.nodes.map(({ id, path }) => [id, path]));
  return training.nodes.map(({ path, inputs }) => `${path} < ${inputs.map((id) => paths.get(id)).join(", ")}`);
}

const cross = `block cross(c) {
  input left
  input right
  branch add {
    path from=left { conv 1 c }
    path from=right { conv 1 c }
  }
  wide: conv 1 (2 * c)
  output wider = wide
  conv 1 c
}
`;

describe("from=", () => {
  it("starts an op, a block, a table and a branch at an earlier value, and goes on from there", () => {
    const body = `a: conv 1 4
b: conv 3 4
c: conv 1 2 from=a
conv 1 3
d: bottleneck 2 4 from=b
bottleneck from=d {
  | t | c | n |
  | 2 | 4 | 2 |
}
branch concat from=c {
  path { }
  path from=conv1 { }
  path from=bottleneck1_2 { }
}`;
    const text = network(body);
    expect(readers(text).filter((line) => !/norm|act|bottleneck1_\d\/\w+ </.test(line))).toEqual([
      "image < ",
      "a < image",
      "b < a",
      "c < a",
      "conv1 < c",
      "d/expand < b",
      "d/depthwise < d/expand",
      "d/project < d/depthwise",
      "d/add < d/project, b",
      "branch1 < c, conv1, bottleneck1_2/add",
    ]);
    expect(readers(text)).toContain("bottleneck1_1/expand < d/add");
  });

  it("finds what an output finds: a layer in a block, in a path, in a row", () => {
    const body = `u: bottleneck 2 4
v: branch concat {
  path { }
  side: path { inner: conv 1 3 }
}
t: bottleneck {
  | t | c |
  | 2 | 4 |
}
a: conv 1 2 from=u/expand
b: conv 1 2 from=v/side/inner
c: conv 1 2 from=v/side
d: conv 1 2 from=t1_1/depthwise
output one = a
output two = b
output three = c
output four = t1_1`;
    const found = readers(network(body)).filter((line) => /^[abcd] </.test(line));
    expect(found).toEqual(["a < u/expand", "b < v/side/inner", "c < v/side/inner", "d < t1_1/depthwise"]);
  });

  it("counts the stride of a value inside a block from the input of the body that names it", () => {
    const inner = `block inner() {\n  a: conv 3 4 stride=2\n  conv 1 4\n}\n`;
    const outer = `block outer() residual=auto {\n  conv 3 4 stride=2\n  i: inner\n  conv 1 4 from=i/a\n}\n`;
    const { lowered } = compiled(`${inner}${outer}${network("outer\noutput left = outer1/i")}`);
    expect(lowered.blocks.find(({ path }) => path === "outer1")?.stride).toEqual([4, 4]);
  });

  it("never looks across the border of a block, and tells a residual's sum from the value before it", () => {
    expect(findings(`block b() {\n  conv 1 4 from=a\n}\n${network("a: conv 1 4\nb")}`)).toEqual([
      '7:1 name/unknown-label There is no value "a" above.',
    ]);
    const { training } = compiled(network("u: bottleneck 2 4 residual=never\nconv 1 4 from=u/project"));
    expect(training.nodes.at(-1)?.inputs).toEqual([training.blocks[0]?.output]);
  });
});

describe("blocks of several inputs and values", () => {
  it("read each input by its name, and hand out their outputs as paths of their own", () => {
    const text = `${cross}${network("a: conv 1 4\nb: conv 3 6\nx: cross 5 from=[a, b]\ny: conv 1 2 from=x/wider\noutput last = x")}`;
    expect(readers(text)).toEqual([
      "image < ",
      "a < image",
      "b < a",
      "x/branch1/path1/conv1 < a",
      "x/branch1/path2/conv1 < b",
      "x/branch1 < x/branch1/path1/conv1, x/branch1/path2/conv1",
      "x/wide < x/branch1",
      "x/conv1 < x/wide",
      "y < x/wide",
    ]);
  });

  it("name their only input without being told of it", () => {
    const block = `block b() {\n  input whole\n  conv 1 4\n  branch concat {\n    path { }\n    path from=whole { }\n  }\n}\n`;
    expect(readers(`${block}${network("b")}`).at(-1)).toBe("b1/branch1 < b1/conv1, image");
  });

  it("take their residual from the first input, where its stride is that of the other", () => {
    const block = `block b() residual=auto {\n  input one\n  input two\n  conv 1 4 from=two\n}\n`;
    const decided = (stride: number) =>
      compiled(
        `${block}${network(`a: conv 1 4\nc: conv 3 4 stride=${stride}\nb from=[a, c]\noutput early = a`)}`,
      ).training.blocks.map(({ decision }) => decision?.inserted);
    expect(decided(1)).toEqual([true]);
    expect(decided(2)).toEqual([false]);
  });
});

describe("a branch that does not join", () => {
  it("leaves the value before it in hand, and each path to be named", () => {
    const body =
      "a: conv 1 4\nheads: branch none {\n  boxes: path { conv 1 2 }\n  path { conv 1 3 }\n}\nconv 1 5\noutput boxes = heads/boxes\noutput other = heads/path1";
    expect(readers(network(body)).slice(2)).toEqual(["heads/boxes/conv1 < a", "heads/path1/conv1 < a", "conv1 < a"]);
  });
});
