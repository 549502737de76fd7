import { describe, expect, it } from "vitest";
import { check } from "../../src/compile.ts";
import { applyFixes } from "../../src/diagnostics/apply-edits.ts";
import { createSource, type Source } from "../../src/text/source.ts";
import { caseFiles, readCaseFile } from "../support/case-files.ts";

function findingsOf(source: Source, folder: string) {
  const read = (path: string): string | null => {
    try {
      return readCaseFile(folder + path);
    } catch {
      return null;
    }
  };
  return check(source, { network: null, set: new Map(), read }).diagnostics;
}

const misspelt = caseFiles.flatMap((name) => {
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  const source = createSource(name.slice(folder.length), readCaseFile(name));
  return findingsOf(source, folder).flatMap((finding) =>
    finding.fix !== null && finding.span.file === source.name
      ? [{ name, folder, source, finding, fix: finding.fix }]
      : [],
  );
});

describe("the compiler's fixes", () => {
  it("are there for names, attributes, words, paths and labels", () => {
    const codes = new Set(misspelt.map(({ finding }) => finding.code));
    for (const code of [
      "name/unknown-op",
      "name/unknown-value",
      "name/unknown-function",
      "name/unknown-attribute",
      "name/unknown-label",
      "name/unknown-path",
      "network/preset-base",
      "param/unknown",
    ]) {
      expect(codes).toContain(code);
    }
  });

  it.each(misspelt.map((one) => [`${one.name}: ${one.finding.message}`, one] as const))("puts right %s", (_, one) => {
    const { sources } = applyFixes(new Map([[one.source.name, one.source]]), [one.fix]);
    const after = sources.get(one.source.name);
    if (after === undefined) throw new Error("nothing changed");
    expect(findingsOf(after, one.folder).map(({ message }) => message)).not.toContain(one.finding.message);
    expect(one.finding.hint).toContain(`Did you mean "`);
  });
});
