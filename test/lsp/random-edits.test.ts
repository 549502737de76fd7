import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { randomSource } from "../../src/weights/random.ts";
import { editOnce, openWorkspace, shown } from "./random-edits.ts";

const specs = ["tiny.mnet", "mobilenet_v2.mnet", "kitchen_blocks.mnet"];

// A sample of `npm run lsp:campaign`.
it.each(specs)("%s: after random edits the server shows what a fresh parse shows", (name) => {
  const original = readFileSync(join(import.meta.dirname, "../../specs", name), "utf8");
  const random = randomSource(3, name);
  let workspace = openWorkspace(original);
  for (let version = 2; version < 62; version++) {
    // A text is broken beyond use after a while.
    if (version % 12 === 0) workspace = openWorkspace(original);
    editOnce(workspace, version, random);
    const { text } = workspace.stateOfUri("file:///specs/edited.mnet")?.source ?? { text: "" };
    expect(shown(workspace)).toBe(shown(openWorkspace(text)));
  }
});
