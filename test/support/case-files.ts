import { readdirSync, readFileSync } from "node:fs";
import { check } from "../../src/compile.ts";
import { createSource, positionAt } from "../../src/text/source.ts";

const root = new URL("../cases/", import.meta.url);

/** The broken specs below test/cases: `shape/groups.mnet`. Files in a folder `files` are only imported. */
export const caseFiles: readonly string[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".mnet") && !name.includes("/files/"))
  .sort();

export function readCaseFile(name: string): string {
  return readFileSync(new URL(name, root), "utf8");
}

/** Returns the findings of `mnet check` in a broken spec: place, code and message on one line, the hint below it. */
export function caseFindings(name: string): string {
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  const file = name.slice(folder.length);
  const read = (path: string): string | null => {
    try {
      return readCaseFile(folder + path);
    } catch {
      return null;
    }
  };
  const { diagnostics, sources } = check(createSource(file, readCaseFile(name)), {
    network: null,
    set: new Map(),
    read,
  });
  const lines = diagnostics.flatMap(({ code, message, hint, span }) => {
    const source = sources.get(span.file);
    if (source === undefined) throw new Error(`${name}: no source "${span.file}"`);
    const { line, column } = positionAt(source, span.start);
    const place = `${span.file === file ? "" : `${span.file}:`}${line}:${column}`;
    return [`${place} ${code} ${message}`, `    ${hint ?? "(no hint)"}`];
  });
  return `${lines.join("\n")}\n`;
}
