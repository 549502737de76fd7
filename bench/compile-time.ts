import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "../src/compile.ts";
import { createSource } from "../src/text/source.ts";
import { printFigures, timeFigure, type Figure } from "./figures.ts";
import { interleave } from "./measure.ts";

/**
 * `npm run bench` measures how long a user waits for an answer, and how this time grows with the spec. bench/README.md
 * says how to read it.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const spec = "specs/mobilenet_v2.mnet";
const ROWS = 150;
/** Rows of three layers each, for 20 000 layers. */
const MANY_LAYERS_ROWS = Math.ceil(20_000 / 3);

/** Returns a network of `rows` inverted residuals on a small map. Every row takes the same amount of work. */
function tallNetwork(rows: number): string {
  const row = "    | 6 | 24 | 1 | 1 |";
  return [
    "network Tall {",
    "  default conv norm=batch act=relu6",
    "  default depthwise norm=batch act=relu6",
    "  input image [28, 28, 24]",
    "  bottleneck {",
    "    | t | c  | n | s |",
    ...Array.from({ length: rows }, () => row),
    "  }",
    "}",
    "",
  ].join("\n");
}

function compileText(text: string): void {
  const request = { network: null, set: new Map<string, string>(), read: () => null };
  const { value, diagnostics } = compile(createSource("tall.mnet", text), request);
  if (value === null) throw new Error(diagnostics[0]?.message ?? "the network does not compile");
}

/** Returns the time that an empty process takes on this machine at this moment. */
function startNode(): void {
  spawnSync(process.execPath, ["-e", "0"]);
}

function checkInNewProcess(): void {
  const cli = join(root, "dist/cli.js");
  if (!existsSync(cli)) throw new Error("dist/cli.js is missing: run npm run prepare");
  const { status, stderr } = spawnSync(process.execPath, [cli, "check", spec], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`mnet check exited with ${String(status)}: ${stderr}`);
}

function measure(): readonly Figure[] {
  const [bare, start] = interleave(21, [startNode, checkInNewProcess]);
  const small = tallNetwork(ROWS);
  const large = tallNetwork(10 * ROWS);
  const works = [() => compileText(small), () => compileText(large)];
  interleave(5, works); // During the first rounds V8 compiles the compiler.
  const [once, tenfold] = interleave(21, works);
  const many = tallNetwork(MANY_LAYERS_ROWS);
  const [layers] = interleave(5, [() => compileText(many)]);
  if (bare === undefined || start === undefined || once === undefined || tenfold === undefined || layers === undefined)
    return [];
  return [
    timeFigure("node -e 0, from process start to its end", bare),
    timeFigure(`mnet check ${spec}, from process start to its end`, start, 350),
    timeFigure(`compile ${ROWS} rows, ${3 * ROWS} layers`, once),
    timeFigure(`compile ${10 * ROWS} rows, ${30 * ROWS} layers`, tenfold),
    { what: "ten times the rows", value: tenfold.median / once.median, unit: "times", atMost: 12, timing: null },
    timeFigure(`compile ${3 * MANY_LAYERS_ROWS} layers`, layers, 5000),
  ];
}

printFigures(measure);
