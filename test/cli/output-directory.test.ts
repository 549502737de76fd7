import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseManifest } from "../../src/cli/disk/manifest.ts";
import { writeOutputDirectory } from "../../src/cli/disk/output-directory.ts";

let root: string;
let out: string;
const about = { generator: "mnet 0.0.0", network: "N", target: "tfjs", params: { width: 1 } };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mnet-out-"));
  out = join(root, "out");
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function tree(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
}

test("writes the files and a manifest, and leaves nothing beside", () => {
  writeOutputDirectory(
    out,
    [
      { path: "a/b.txt", contents: "hi" },
      { path: "w.bin", contents: new Uint8Array([1, 2, 3]) },
    ],
    about,
  );
  expect(tree(root)).toEqual(["out", "out/a", "out/a/b.txt", "out/mnet.manifest.json", "out/w.bin"]);
  const manifest = parseManifest(readFileSync(join(out, "mnet.manifest.json"), "utf8"));
  expect(manifest?.files).toEqual([
    { path: "a/b.txt", bytes: 2, sha256: "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4" },
    { path: "w.bin", bytes: 3, sha256: "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81" },
  ]);
});

test("the same build again gives the same bytes", () => {
  const files = [{ path: "a.txt", contents: "hi" }];
  writeOutputDirectory(out, files, about);
  const first = readFileSync(join(out, "mnet.manifest.json"));
  writeOutputDirectory(out, files, about);
  expect(readFileSync(join(out, "mnet.manifest.json"))).toEqual(first);
});

test("a rebuild deletes the last build's files and keeps what somebody added", () => {
  writeOutputDirectory(
    out,
    [
      { path: "old/a.txt", contents: "1" },
      { path: "b.txt", contents: "1" },
    ],
    about,
  );
  writeFileSync(join(out, "mine.txt"), "mine");
  writeFileSync(join(out, "old", "mine.txt"), "mine");
  writeOutputDirectory(out, [{ path: "b.txt", contents: "2" }], about);
  expect(tree(root)).toEqual([
    "out",
    "out/b.txt",
    "out/mine.txt",
    "out/mnet.manifest.json",
    "out/old",
    "out/old/mine.txt",
  ]);
  expect(readFileSync(join(out, "b.txt"), "utf8")).toBe("2");
  expect(readFileSync(join(out, "old", "mine.txt"), "utf8")).toBe("mine");
});

test("refuses a folder with files of somebody else, and touches none", () => {
  mkdirSync(out);
  writeFileSync(join(out, "thesis.tex"), "x");
  expect(() => writeOutputDirectory(out, [{ path: "a.txt", contents: "1" }], about)).toThrow(/not empty/);
  expect(tree(root)).toEqual(["out", "out/thesis.tex"]);
});

test.each([
  ["no JSON", "{"],
  ["of another tool", '{"files": ["thesis.tex"]}'],
  [
    "names files outside",
    JSON.stringify({ schemaVersion: 1, ...about, files: [{ path: "../x", bytes: 0, sha256: "" }] }),
  ],
])("refuses a manifest that is %s", (_, text) => {
  mkdirSync(out);
  writeFileSync(join(out, "mnet.manifest.json"), text);
  expect(() => writeOutputDirectory(out, [{ path: "a.txt", contents: "1" }], about)).toThrow(/not empty/);
});

test("refuses to write over a file that somebody added, and keeps the last build", () => {
  writeOutputDirectory(out, [{ path: "a.txt", contents: "1" }], about);
  writeFileSync(join(out, "b.txt"), "mine");
  expect(() => writeOutputDirectory(out, [{ path: "b.txt", contents: "2" }], about)).toThrow(
    /"b.txt" stands in its place/,
  );
  expect(readFileSync(join(out, "b.txt"), "utf8")).toBe("mine");
  expect(readFileSync(join(out, "a.txt"), "utf8")).toBe("1");
});

test("a folder linked into the output is not followed", () => {
  const outside = join(root, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "a.txt"), "theirs");
  writeOutputDirectory(out, [{ path: "w/a.txt", contents: "1" }], about);
  rmSync(join(out, "w"), { recursive: true });
  symlinkSync(outside, join(out, "w"));
  expect(() => writeOutputDirectory(out, [{ path: "w/a.txt", contents: "2" }], about)).toThrow(
    /"w" stands in its place/,
  );
  expect(readFileSync(join(outside, "a.txt"), "utf8")).toBe("theirs");
});

test.each(["../x", "/x", "a/../../x", "a\\x", "C:x", "a//x", "./x", "", "con", "x\0y"])(
  "refuses the file name %j",
  (path) => {
    expect(() => writeOutputDirectory(out, [{ path, contents: "1" }], about)).toThrow(/does not stay inside/);
    expect(existsSync(out)).toBe(false);
  },
);

test("a write that fails half-way leaves nothing, and the last build whole", () => {
  writeOutputDirectory(out, [{ path: "a.txt", contents: "1" }], about);
  const files = [
    { path: "x", contents: "1" },
    { path: "x/y", contents: "a file cannot be a folder" },
  ];
  expect(() => writeOutputDirectory(out, files, about)).toThrow(/Cannot write/);
  expect(tree(root)).toEqual(["out", "out/a.txt", "out/mnet.manifest.json"]);
});

test("refuses the current directory and a file", () => {
  expect(() => writeOutputDirectory(".", [], about)).toThrow(/current directory/);
  expect(() => writeOutputDirectory("..", [], about)).toThrow(/current directory/);
  writeFileSync(out, "x");
  expect(() => writeOutputDirectory(out, [], about)).toThrow(/is a file/);
});

test("refuses a link to nothing, and leaves it", () => {
  symlinkSync(join(root, "nowhere"), out);
  expect(() => writeOutputDirectory(out, [], about)).toThrow(/is a link to nothing/);
  expect(tree(root)).toEqual(["out"]);
});

describe("another build that ends in between", () => {
  /** Files that run `event` on the folder when their contents are first read. */
  function interrupted(meanwhile: () => void) {
    let done = false;
    const file = {
      path: "mine.txt",
      get contents() {
        if (!done) {
          done = true;
          meanwhile();
        }
        return "mine";
      },
    };
    return [file];
  }
  const other = () => {
    writeOutputDirectory(out, [{ path: "other.txt", contents: "other" }], about);
  };

  test("is replaced where there was none before", () => {
    writeOutputDirectory(out, interrupted(other), about);
    expect(tree(root)).toEqual(["out", "out/mine.txt", "out/mnet.manifest.json"]);
  });

  test("is replaced where an earlier one was, and what somebody added stays", () => {
    writeOutputDirectory(out, [{ path: "first.txt", contents: "1" }], about);
    writeFileSync(join(out, "notes.txt"), "notes");
    writeOutputDirectory(out, interrupted(other), about);
    expect(tree(root)).toEqual(["out", "out/mine.txt", "out/mnet.manifest.json", "out/notes.txt"]);
  });

  test("a folder of somebody else that appears in between stays as it is", () => {
    const theirs = () => {
      mkdirSync(out);
      writeFileSync(join(out, "theirs.txt"), "theirs");
    };
    expect(() => writeOutputDirectory(out, interrupted(theirs), about)).toThrow(/is not empty/);
    expect(tree(root)).toEqual(["out", "out/theirs.txt"]);
  });
});
