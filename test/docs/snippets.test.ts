import { describe, expect, it } from "vitest";
import { check } from "../../src/compile.ts";
import { createSource, positionAt } from "../../src/text/source.ts";
import { documents, placeOf, snippetsOf, type Snippet } from "./documents.ts";

/**
 * Specs in documents. A ```mnet block is a file, or with `body` the body of a network after its input. With `error`, a comment with the code,
 * `// shape/mismatch`, announces each finding on its line, and there are no others.
 */
const specs = documents.flatMap(({ snippets }) => snippets.filter(({ language }) => language === "mnet"));
/** `typescript` stands in docs/api.md alone: declarations as the compiler of TypeScript read them. */
const languages = new Set(["mnet", "json", "sh", "console", "js", "ts", "text", "typescript"]);

function fileText({ text, flags }: Snippet): { text: string; before: number } {
  if (!flags.has("body")) return { text, before: 0 };
  return { text: `network Snippet {\n  input image [56, 56, 24]\n${text}}\n`, before: 2 };
}

/** Other files of the document, for imports. */
function readBeside(document: string): (path: string) => string | null {
  return (path) =>
    specs.find((other) => other.document === document && other.settings.get("file") === path)?.text ?? null;
}

function findings(snippet: Snippet): readonly string[] {
  const { text, before } = fileText(snippet);
  const read = readBeside(snippet.document);
  const { diagnostics, sources } = check(createSource("snippet.mnet", text), { network: null, set: new Map(), read });
  return diagnostics.map(({ code, span, message }) => {
    const source = sources.get(span.file);
    const line = source === undefined ? 0 : positionAt(source, span.start).line - before;
    return snippet.flags.has("error") ? `${line} ${code}` : `${line} ${code} ${message}`;
  });
}

function announced({ text, flags }: Snippet): readonly string[] {
  if (!flags.has("error")) return [];
  return text.split("\n").flatMap((line, index) => {
    const code = /\/\/ ([a-z]+\/[a-z-]+)$/.exec(line)?.[1];
    return code === undefined ? [] : [`${index + 1} ${code}`];
  });
}

describe("specs in documents", () => {
  it("are there", () => {
    expect(specs.length).toBeGreaterThan(15);
  });

  it.each(specs.map((snippet) => [placeOf(snippet), snippet] as const))("%s", (_, snippet) => {
    expect(findings(snippet)).toEqual(announced(snippet));
    if (snippet.flags.has("error")) expect(announced(snippet)).not.toEqual([]);
  });

  it("would be found wrong", () => {
    const wrong = (text: string) => snippetsOf("x.md", text)[0];
    const plain = wrong("```mnet body\nconv 3x3 8 strides=2\n```\n");
    expect(plain === undefined ? [] : findings(plain)).toHaveLength(1);
    const elsewhere = wrong("```mnet body error\nconv 3x3 8 // name/unknown-attribute\nconv 3x3 8 strides=2\n```\n");
    expect(elsewhere === undefined ? [] : findings(elsewhere)).not.toEqual(
      elsewhere === undefined ? [] : announced(elsewhere),
    );
  });
});

it("every snippet is of a language that a test reads", () => {
  const others = documents.flatMap(({ snippets }) => snippets).filter(({ language }) => !languages.has(language));
  expect(others.map(placeOf)).toEqual([]);
});
