import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../support/cli-process.ts";
import { documents, type Document } from "./documents.ts";

/** Returns the anchors that GitHub makes of headings: lower case, no punctuation, hyphens for blanks. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text.split("\n").flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    ),
  );
}

/** Returns the links whose file or heading does not exist. */
function brokenLinks({ name, text }: Pick<Document, "name" | "text">): readonly string[] {
  const outside = text.replace(/^```[\s\S]*?^```$/gm, "");
  return [...outside.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, target = ""]) => {
    if (/^https?:/.test(target)) return [];
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? name : join(dirname(name), path);
    if (path !== "" && !existsSync(join(projectRoot, file))) return [target];
    if (anchor === undefined) return [];
    const known = documents.find((document) => document.name === file)?.text ?? (file === name ? text : "");
    return anchorsOf(known).has(anchor) ? [] : [target];
  });
}

/** Returns files and folders of code spans that do not exist. `src/ir/op.ts` names a file; `src/ir/ops/NAME.ts` is a pattern. */
function missingFiles({ text }: Pick<Document, "text">): readonly string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  return spans.filter(
    (span) => /^(src|test|grammar|specs|scripts|bench|docs|generated|\.ci)\/[\w./-]*$/.test(span) && !exists(span),
  );
}

function exists(path: string): boolean {
  // NAME and VERB-OBJECT stand for a name to choose. Their folder must exist.
  const fixed = /[A-Z]{3,}/.test(path) ? path.slice(0, path.search(/[^/]*[A-Z]{3,}/)) : path;
  const full = join(projectRoot, fixed);
  return existsSync(full) && (!fixed.endsWith("/") || statSync(full).isDirectory());
}

describe.each(documents.map((document) => [document.name, document] as const))("%s", (_, document) => {
  it("links to what is there", () => {
    expect(brokenLinks(document)).toEqual([]);
  });

  it("names files that are there", () => {
    expect(missingFiles(document)).toEqual([]);
  });

  it("speaks of the project alone", () => {
    expect(document.text).not.toMatch(/\.\.\/shared|\/work\/|\/tmp\//);
  });
});

it("broken links and missing files are found", () => {
  const text =
    "# Title\n[a](nowhere.md) [b](README.md#no-such-heading) [c](#title) `src/nowhere.ts` `src/ir/ops/NAME.ts` `src/no/NAME.ts`";
  expect(brokenLinks({ name: "x.md", text })).toEqual(["nowhere.md", "README.md#no-such-heading"]);
  expect(missingFiles({ text })).toEqual(["src/nowhere.ts", "src/no/NAME.ts"]);
});
