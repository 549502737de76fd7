import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { printFigures, timeFigure, type Figure } from "./figures.ts";
import { interleave } from "./measure.ts";
import { tallNetwork } from "./tall-network.ts";

/** `npm run bench:lint` measures how long a review takes, from process start to its end. bench/README.md says how to read it. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const ROWS = 10_000;
const ROUNDS = 7;

function run(verb: string, specs: readonly string[]): void {
  const cli = join(root, "dist/cli.js");
  if (!existsSync(cli)) throw new Error("dist/cli.js is missing: run npm run prepare");
  const { status, stderr } = spawnSync(process.execPath, [cli, verb, ...specs], { cwd: root, encoding: "utf8" });
  // The exit code for findings is not a failure, because the shipped TensorFlow 1 port has findings.
  if (status !== 0 && status !== 1) throw new Error(`mnet ${verb} exited with ${String(status)}: ${stderr}`);
}

function measure(): readonly Figure[] {
  const zoo = readdirSync(join(root, "specs"))
    .filter((name) => name.endsWith(".mnet"))
    .map((name) => `specs/${name}`);
  const folder = mkdtempSync(join(tmpdir(), "mnet-bench-"));
  const tall = join(folder, "tall.mnet");
  writeFileSync(tall, tallNetwork(ROWS));
  const works = [
    () => void spawnSync(process.execPath, ["-e", "0"]),
    () => run("check", zoo),
    () => run("lint", zoo),
    () => run("check", [tall]),
    () => run("lint", [tall]),
  ];
  const [bare, checkZoo, lintZoo, checkTall, lintTall] = interleave(ROUNDS, works);
  rmSync(folder, { recursive: true });
  if (!bare || !checkZoo || !lintZoo || !checkTall || !lintTall) return [];
  return [
    timeFigure("node -e 0", bare),
    timeFigure(`mnet check, ${zoo.length} specs`, checkZoo),
    timeFigure(`mnet lint, ${zoo.length} specs`, lintZoo, 1500),
    timeFigure(`mnet check, ${ROWS} rows`, checkTall),
    timeFigure(`mnet lint, ${ROWS} rows`, lintTall, 3000),
  ];
}

printFigures(measure);
