import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomSource } from "../src/weights/random.ts";
import { editOnce, openWorkspace, shown } from "../test/lsp/random-edits.ts";

/**
 * `npm run lsp:campaign [-- EDITS]`: edits the shipped specs at random, 10 000 times. After each edit the server must
 * show the same as after a fresh parse.
 */
const specs = join(dirname(fileURLToPath(import.meta.url)), "../specs");
const originals = readdirSync(specs)
  .filter((name) => name.endsWith(".mnet"))
  .map((name) => readFileSync(join(specs, name), "utf8"));
const edits = Number(process.argv[2] ?? 10_000);
/** The number of edits of one text. After them, the next text starts unedited. */
const run = 20;

const random = randomSource(1, "edits");
let workspace = openWorkspace("");
for (let edit = 0; edit < edits; edit++) {
  if (edit % run === 0) workspace = openWorkspace(originals[(edit / run) % originals.length] ?? "");
  editOnce(workspace, edit + 2, random);
  const text = workspace.stateOfUri("file:///specs/edited.mnet")?.source.text ?? "";
  if (shown(workspace) !== shown(openWorkspace(text))) {
    process.stderr.write(`edit ${edit} makes the server show something else than a fresh parse of\n${text}\n`);
    process.exit(1);
  }
}
process.stdout.write(`${edits} edits: after each, the server showed the same as after a fresh parse\n`);
