import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/cli-process.ts";

/** A fenced block: ```` ```mnet body error file=net.mnet ````. */
export interface Snippet {
  readonly document: string;
  /** The number of its first line in the document. */
  readonly line: number;
  readonly language: string;
  readonly flags: ReadonlySet<string>;
  /** `file=NAME` keeps the text under that name for later commands. `excerpt=NAME` says that the text stands in that file. */
  readonly settings: ReadonlyMap<string, string>;
  readonly text: string;
}

export interface Document {
  /** The path from the root, such as `docs/language.md`. */
  readonly name: string;
  readonly text: string;
  readonly snippets: readonly Snippet[];
}

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(projectRoot, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => (folder === "." ? name : `${folder}/${name}`));
}

/** Every document of the project, in a fixed order. */
export const documents: readonly Document[] = [".", "docs", "bench"]
  .flatMap(markdownIn)
  .sort()
  .map((name) => {
    const text = readFileSync(join(projectRoot, name), "utf8");
    return { name, text, snippets: snippetsOf(name, text) };
  });

/** Says whether a command of the document needs an adapter: `gpu` marks its block. */
export function needsAdapter({ snippets }: Document): boolean {
  return snippets.some(({ flags }) => flags.has("gpu"));
}

/** Returns the place of a snippet, for titles and messages of tests. */
export function placeOf({ document, line, language }: Snippet): string {
  return `${document}:${line} ${language}`;
}

export function snippetsOf(document: string, text: string): readonly Snippet[] {
  const snippets: Snippet[] = [];
  let open: { info: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^```(.*)$/.exec(line);
    if (fence === null) {
      open?.lines.push(line);
    } else if (open === null) {
      open = { info: fence[1] ?? "", line: index + 2, lines: [] };
    } else {
      const [language = "", ...words] = open.info.trim().split(/\s+/);
      snippets.push({
        document,
        line: open.line,
        language,
        flags: new Set(words.filter((word) => !word.includes("="))),
        settings: new Map(
          words
            .filter((word) => word.includes("="))
            .map((word) => [word.split("=")[0] ?? "", word.split("=")[1] ?? ""]),
        ),
        text: open.lines.map((inner) => `${inner}\n`).join(""),
      });
      open = null;
    }
  }
  if (open !== null) throw new Error(`${document}:${open.line} is never closed`);
  return snippets;
}
