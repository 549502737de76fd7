import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fileCircles, roomCircles } from "./support/architecture/find-circles.ts";
import { forgottenExports } from "./support/architecture/forgotten-exports.ts";
import { measureFunctions } from "./support/architecture/measure-functions.ts";
import { doorsWithoutVisitors, importsPastDoors, readDoors } from "./support/architecture/read-doors.ts";
import { parseModules, readModules } from "./support/architecture/read-modules.ts";

const root = join(import.meta.dirname, "..");

/** The most lines of a function, and the most parameters. */
const limits = { lines: 100, parameters: 5 } as const;

/** A kernel template is one text, and its function is as long as the text. */
const templates = "src/targets/webgpu/kernels/";

/** Inner loops over typed arrays, where an object for the arguments would be made millions of times. */
const hotLoops = ["src/reference/ops/conv.ts multiplyAdd"];

const modules = readModules(root, ["grammar", "src"]);
const doors = readDoors(root);
const functions = modules.flatMap(measureFunctions);

const counts: string[] = [];
const count = (what: string, found: readonly unknown[]) => counts.push(`${found.length} ${what}`);
afterAll(() => {
  process.stdout.write(`${modules.length} files, ${functions.length} functions: ${counts.join(", ")}\n`);
});

describe("imports", () => {
  it("make no circles of files, imports of types included", () => {
    const found = fileCircles(modules).map((circle) => circle.join(" "));
    count("circles of files", found);
    expect(found).toEqual([]);
  });

  it("make no circles of rooms", () => {
    const found = roomCircles(modules).map((circle) => circle.join(" "));
    count("circles of rooms", found);
    expect(found).toEqual([]);
  });

  it("enter a big room by its doors", () => {
    const found = importsPastDoors(modules, doors);
    count("imports past a door", found);
    expect(found).toEqual([]);
  });

  it("use every door", () => {
    expect(doorsWithoutVisitors(modules, doors)).toEqual([]);
    for (const room of Object.keys(doors)) expect(existsSync(join(root, room)), room).toBe(true);
  });
});

describe("functions", () => {
  it(`have at most ${limits.lines} lines`, () => {
    const found = functions.filter(({ name, lines }) => lines > limits.lines && !name.startsWith(templates));
    count(`functions over ${limits.lines} lines`, found);
    expect(found.map(({ name }) => name)).toEqual([]);
  });

  it(`have at most ${limits.parameters} parameters`, () => {
    const found = functions.filter(({ parameters }) => parameters > limits.parameters);
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(hotLoops));
    const others = found.map(({ name }) => name).filter((name) => !hotLoops.includes(name));
    count(`functions with over ${limits.parameters} parameters`, others);
    expect(others.sort()).toEqual([]);
  });
});

it("a user of the library can name every type that it shows", () => {
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  const found = forgottenExports(join(root, "src/index.ts"), read);
  count("types that cannot be named", [...found]);
  expect([...found].map(([name, mention]) => `${name} (in ${mention})`)).toEqual([]);
});

describe("the rules themselves", () => {
  const files = (texts: Readonly<Record<string, string>>) => parseModules(new Map(Object.entries(texts)));

  it("see circles of values, of types and of imports when the code runs", () => {
    const found = fileCircles(
      files({
        "src/a.ts": 'import { b } from "./b.ts";',
        "src/b.ts": 'import type { C } from "./c.ts";',
        "src/c.ts": 'export * from "./d.ts";',
        "src/d.ts": 'const later = import("./a.ts");',
        "src/e.ts": 'let type: import("./a.ts").A; import "./a.ts";',
      }),
    );
    expect(found).toEqual([["src/a.ts", "src/b.ts", "src/c.ts", "src/d.ts"]]);
  });

  it("see circles of rooms through different files, and not a room that uses its own inner room", () => {
    const apart = { "src/x/deep/b.ts": 'import "../a.ts";', "src/x/a.ts": "", "src/x/c.ts": 'import "./deep/b.ts";' };
    expect(roomCircles(files(apart))).toEqual([]);
    const circle = { "src/x/a.ts": 'import "../y/a.ts";', "src/y/a.ts": "", "src/y/b.ts": 'import "../x/a.ts";' };
    expect(roomCircles(files(circle))).toEqual([["src/x", "src/y"]]);
    const through = {
      "grammar/a.ts": 'import "../src/text/a.ts";',
      "src/text/a.ts": "",
      "src/text/b.ts": 'import "../../grammar/a.ts";',
    };
    expect(roomCircles(files(through))).toEqual([["src/grammar", "src/text"]]);
  });

  it("see imports past a door, and doors that nobody uses", () => {
    const rooms = { "src/big": ["door.ts", "other-door.ts"] };
    const found = files({
      "src/big/door.ts": 'import "./inside.ts";',
      "src/big/inside.ts": "",
      "src/a.ts": 'import "./big/door.ts"; import type { B } from "./big/inside.ts";',
    });
    expect(importsPastDoors(found, rooms)).toEqual(["src/big/inside.ts <- src/a.ts"]);
    expect(doorsWithoutVisitors(found, rooms)).toEqual(["src/big/other-door.ts"]);
  });

  it("measure every kind of function", () => {
    const text =
      "function a(x, y) {\n\n}\nconst b = () => 1;\nclass C { constructor(x) {\n} d() {} }\n[1].map((x) => x);\n";
    expect(files({ "src/a.ts": text }).flatMap(measureFunctions)).toEqual([
      { name: "src/a.ts a", lines: 3, parameters: 2 },
      { name: "src/a.ts b", lines: 1, parameters: 0 },
      { name: "src/a.ts constructor", lines: 2, parameters: 1 },
      { name: "src/a.ts d", lines: 1, parameters: 0 },
      { name: "src/a.ts anonymous", lines: 1, parameters: 1 },
    ]);
  });

  it("see types that an export mentions, directly or through another type, and that are not exported", () => {
    const texts = new Map([
      [
        "/x/index.ts",
        'export { run } from "./run.ts"; export type { Shown } from "./run.ts"; export type * as more from "./more.ts";',
      ],
      [
        "/x/run.ts",
        `import type { Named } from "./more.ts";
         export interface Shown { readonly hidden: Hidden; readonly named: Named }
         export interface Hidden { readonly deep: readonly Deep[] }
         export type Deep = "a" | "b";
         export interface Unused { readonly deep: Deep }
         export function run<T>(shown: Shown, other: T): ReadonlyMap<string, Shown> { throw new Error(String([shown, other])); }`,
      ],
      ["/x/more.ts", "export interface Named { readonly name: string }"],
    ]);
    expect([...forgottenExports("/x/index.ts", (path) => texts.get(path))]).toEqual([
      ["Deep", "Hidden"],
      ["Hidden", "Shown"],
    ]);
    const silent = new Map([["/x/index.ts", "export function f() { return 1; }"]]);
    expect(() => forgottenExports("/x/index.ts", (path) => silent.get(path))).toThrow("does not write its return type");
  });
});
