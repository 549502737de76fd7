import { timing } from "../src/bench/timing.ts";
import { diagnosticsOf } from "../src/lsp/diagnostics.ts";
import { inlayHints } from "../src/lsp/inlay-hints.ts";
import type { Host } from "../src/lsp/server/host.ts";
import { createWorkspace } from "../src/lsp/server/workspace.ts";
import { randomSource } from "../src/weights/random.ts";
import { printFigures, type Figure } from "./figures.ts";
import { tallNetwork } from "./tall-network.ts";

/**
 * `npm run bench:lsp` measures how long the language server works on one key press, from the change to its findings and hints.
 * bench/README.md says how to read it.
 */
const ROWS = 200;
const EDITS = 400;
const WARM_UP = 40;

const uri = "file:///specs/tall.mnet";

/** A disk without files. */
const host: Host = {
  reader: () => () => null,
  specsBelow: () => [],
  lintOptions: () => ({ options: {}, problem: null }),
  libraryFolder: () => "/library",
};

/** Text that is typed into a row and then deleted again. Some of it gives the file an error until then. */
const strokes = ["8", "x", " ", "(", "// wide", "|", "}", "="];

/** Returns the milliseconds of each edit. One edit types into a row drawn at random, and the next one undoes it. */
function timeEdits(): readonly number[] {
  const random = randomSource(1, "bench:lsp");
  const workspace = createWorkspace(host, true);
  const text = tallNetwork(ROWS);
  const firstRow = text.split("\n").findIndex((line) => line.startsWith("    | 6"));
  workspace.open(uri, "mnet", 1, text);
  const times: number[] = [];
  let version = 1;
  const edit = (line: number, from: number, to: number, typed: string): void => {
    const range = { start: { line, character: from }, end: { line, character: to } };
    const start = performance.now();
    version += 1;
    workspace.change(uri, version, [{ range, text: typed }]);
    const state = workspace.stateOfUri(uri);
    if (state === null) throw new Error("the file is gone");
    const found = diagnosticsOf(state, workspace);
    const hints = inlayHints(state, { start: { line: 0, character: 0 }, end: { line: ROWS + 20, character: 0 } });
    times.push(performance.now() - start);
    if (found.length + hints.length === 0) throw new Error("nothing was found");
  };
  // Text is typed after the digits of the second cell: `    | 6 | 24`.
  const at = "    | 6 | 24".length;
  for (let pair = 0; pair < (EDITS + WARM_UP) / 2; pair++) {
    const typed = strokes[pair % strokes.length] ?? "";
    const line = firstRow + Math.floor(random.uniform() * ROWS);
    edit(line, at, at, typed);
    edit(line, at, at + typed.length, "");
  }
  return times.slice(WARM_UP);
}

/** Returns the time below which the fraction `part` of all edits are. */
function quantile(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(part * times.length) - 1] ?? NaN;
}

function measure(): readonly Figure[] {
  const times = timeEdits();
  const figure = { unit: "ms", timing: timing(times) } as const;
  const half = { what: `an edit of ${ROWS} rows, half of all`, value: quantile(times, 0.5), atMost: Infinity };
  const most = { what: `an edit of ${ROWS} rows, 95 of 100`, value: quantile(times, 0.95), atMost: 50 };
  return [half, most].map((one) => ({ ...figure, ...one }));
}

printFigures(measure);
