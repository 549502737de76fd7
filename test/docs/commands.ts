import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { placeOf, type Document } from "./documents.ts";
import { commandsOf, matchesOutput, openWorkspace } from "./workspace.ts";

/** Runs a document's commands in order, and compares what they print and write with what the document shows. */
export async function followDocument(document: Document): Promise<void> {
  const workspace = openWorkspace(document);
  try {
    for (const snippet of document.snippets) {
      const excerpt = snippet.settings.get("excerpt");
      if (excerpt !== undefined) {
        const path = join(workspace.folder, excerpt);
        expect(existsSync(path), `${placeOf(snippet)} is of a file that no command wrote`).toBe(true);
        // How far an excerpt is indented depends on where it was cut out.
        expect(flushLeft(readFileSync(path, "utf8")), placeOf(snippet)).toContain(flushLeft(snippet.text));
      }
      if (snippet.language !== "sh" && snippet.language !== "console") continue;
      for (const { place, command, output } of commandsOf(snippet)) {
        const { code, stdout, stderr } = await workspace.run(command);
        if (output === null) {
          expect(code, `${place}: ${command}\n${stderr}`).toBe(0);
        } else {
          const printed = `${stdout}${stderr}`.trimEnd();
          expect(code, `${place}: ${command}\n${printed}`).toBeLessThan(2);
          expect(matchesOutput(output, printed.split("\n")), `${place}: ${command} prints\n${printed}`).toBe(true);
        }
      }
    }
  } finally {
    workspace.remove();
  }
}

function flushLeft(text: string): string {
  return text.replace(/^[ \t]+/gm, "");
}
