import { describe, expect, it } from "vitest";
import { checkBlockNames } from "../../src/names/check-names.ts";
import { namesOf, occurrencesIn } from "../../src/names/resolve-declaration.ts";
import { valuesInSight } from "../../src/names/values-in-sight.ts";
import { loadProgram } from "../../src/program/load-program.ts";
import type { ProgramFile } from "../../src/program/program.ts";
import { createSource } from "../../src/text/source.ts";

function fileOf(text: string, others: Readonly<Record<string, string>> = {}): ProgramFile {
  return loadProgram(createSource("n.mnet", text), (path) => others[path] ?? null).entry;
}

/** What the words of a text stand for, as `line:word kind`; for a definition the line that declares it. */
function meaningsOf(file: ProgramFile): readonly string[] {
  const lineOf = (start: number): number => file.source.text.slice(0, start).split("\n").length;
  return occurrencesIn(file).map(({ span, meaning }) => {
    const word = `${String(lineOf(span.start))}:${file.source.text.slice(span.start, span.end)}`;
    if (meaning.kind !== "definition") return `${word} ${meaning.kind}`;
    const { kind, span: declared } = meaning.definition;
    return `${word} ${kind} of ${declared.file === file.source.name ? String(lineOf(declared.start)) : declared.file}`;
  });
}

function problemsOf(text: string): readonly string[] {
  const file = fileOf(text);
  return file.ast.items.flatMap((item) => namesOf(file, item).problems.map(({ message }) => message));
}

describe("what a word stands for", () => {
  it("a body's own value hides the file's, from its declaration on", () => {
    const file = fileOf("let c = 1\nblock unit() {\n  conv 1x1 c\n  let c = 2\n  conv 1x1 c\n}\n");
    const uses = meaningsOf(file).filter((meaning) => /^[35]:c /.test(meaning));
    expect(uses).toEqual(["3:c let of 1", "5:c let of 4"]);
  });

  it("an argument is seen by its function alone", () => {
    const file = fileOf("block unit(c) {\n  let twice(x) = x * 2\n  conv 1x1 x\n}\n");
    expect(meaningsOf(file)).toContain("2:x argument of 2");
    expect(meaningsOf(file).some((meaning) => meaning.startsWith("3:x"))).toBe(false);
  });

  it("a block of the file is taken before an imported one, and that before the library's", () => {
    const others = { "a.mnet": "block bottleneck(c) {\n  conv 1x1 c\n}\n" };
    const use = "block unit() {\n  bottleneck 8\n}\n";
    const own = `${use}block bottleneck(c) {\n  conv 1x1 c\n}\n`;
    expect(meaningsOf(fileOf(use))).toContain("2:bottleneck block of mnet:library/bottleneck.mnet");
    expect(meaningsOf(fileOf(`import "a.mnet"\n${use}`, others))).toContain("3:bottleneck block of a.mnet");
    expect(meaningsOf(fileOf(`import "a.mnet"\n${own}`, others))).toContain("3:bottleneck block of 5");
  });

  it("a key of a call is the parameter of its block, and a column as well", () => {
    const text =
      "block unit(c, t = 2) {\n  conv 1x1 c\n}\nblock all() {\n  unit 8 t=3\n  unit {\n    | t |\n    | 4 |\n  }\n}\n";
    expect(meaningsOf(fileOf(text))).toEqual(expect.arrayContaining(["5:t parameter of 1", "7:t parameter of 1"]));
  });
});

describe("what is wrong with names", () => {
  it("one mistake is one finding: the value of an unknown key is not read", () => {
    expect(problemsOf("block unit() {\n  conv 1x1 8 strid=nothing\n}\n")).toEqual(['"conv" has no attribute "strid".']);
    expect(problemsOf("block unit() {\n  default convo act=nothing\n}\n")).toEqual([
      'There are no defaults for "convo".',
    ]);
  });

  it("arms that are not taken and paths are read", () => {
    const text =
      "block unit() {\n  if false {\n    conv 1x1 one\n  }\n  branch add {\n    path {\n      conv 1x1 two\n    }\n    path { }\n  }\n}\n";
    expect(problemsOf(text)).toEqual(['There is no value "one" here.', 'There is no value "two" here.']);
  });

  it("a function is not a symbol, though a symbol can be called", () => {
    expect(problemsOf("block unit() {\n  conv 1x1 8 norm=batch(eps=1e-3)\n  conv 1x1 relux(8)\n}\n")).toEqual([
      'There is no function "relux" here.',
    ]);
    const through = "block unit(c) {\n  conv 1x1 c\n}\nblock all() {\n  unit {\n    | relu(c) |\n    | 4 |\n  }\n}\n";
    expect(problemsOf(through)).toEqual(['There is no function "relu" here.']);
  });

  it("a circle of blocks is reported once, where it closes", () => {
    const file = fileOf("block a() {\n  b\n}\nblock b() {\n  a\n}\n");
    const [problem, ...others] = checkBlockNames(file);
    expect(others).toEqual([]);
    expect(problem?.message).toBe("A block cannot contain itself: a uses b uses a.");
    expect(problem?.span.start).toBe(file.source.text.lastIndexOf("a\n"));
  });

  it("a declaration is resolved once, whoever asks", () => {
    const file = fileOf("block a(c) {\n  conv 1x1 c\n}\n");
    const [item] = file.ast.items;
    if (item === undefined) throw new Error("the block is gone");
    expect(namesOf(file, item)).toBe(namesOf(file, item));
    expect(namesOf({ ...file }, item)).not.toBe(namesOf(file, item));
  });
});

describe("values in sight", () => {
  it("are the file's, the parameters, and what the body declares before the place", () => {
    const text =
      "let all = 1\nblock unit(c) {\n  let before = 1\n  let twice(x) = x * 2\n  conv 1x1 c\n  let after = 2\n}\n";
    const file = fileOf(text);
    const item = file.ast.items.find(({ kind }) => kind === "block") ?? null;
    const names = (offset: number) => valuesInSight(file, item, offset).map(({ name }) => name);
    expect(names(text.indexOf("conv"))).toEqual(["all", "c", "before", "twice"]);
    expect(names(text.indexOf("x * 2"))).toEqual(["all", "c", "before", "x"]);
  });
});
