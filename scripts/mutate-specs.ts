import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompileRequest } from "../src/compile.ts";
import { positionAt, createSource } from "../src/text/source.ts";
import { randomSource } from "../src/weights/random.ts";
import { judgeEdit, readOriginal, type Outcome } from "../test/mutations/judge-edit.ts";
import { editToken, pick } from "../test/mutations/token-edit.ts";

/**
 * `npm run mutate:specs [-- --edits N] [-- --seed N] [-- --verbose]`: edits one token of a shipped spec, a thousand
 * times. It counts how many of the edits that break the spec are reported on the edited line.
 * test/mutations/judge-edit.ts defines "break". Exits with 1 below 95 %.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const specs = join(root, "specs");
const floor = 0.95;

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
}

const request: CompileRequest = {
  network: null,
  set: new Map(),
  read: (path) => (existsSync(join(specs, path)) ? readFileSync(join(specs, path), "utf8") : null),
};
const originals = readdirSync(specs)
  .filter((name) => name.endsWith(".mnet"))
  .map((name) => readOriginal(createSource(name, readFileSync(join(specs, name), "utf8")), request));

const edits = option("edits", 1000);
const random = randomSource(option("seed", 1), "mutations");
const counts: Record<Outcome, number> = { located: 0, elsewhere: 0, silent: 0, same: 0 };
for (let at = 0; at < edits; at++) {
  const original = pick(originals, random);
  if (original === undefined) break;
  const edit = editToken(original.source, random);
  const { outcome, fresh } = judgeEdit(original, edit);
  counts[outcome] += 1;
  if (outcome === "elsewhere" || (outcome === "silent" && process.argv.includes("--verbose"))) {
    const told = fresh.map(
      ({ code, span }) => `${code} on line ${positionAt(createSource("", edit.text), span.start).line}`,
    );
    process.stdout.write(
      `${original.source.name}:${edit.line} ${edit.what}: ${outcome}${told.length === 0 ? "" : `, ${told.join(", ")}`}\n`,
    );
  }
}
const broken = counts.located + counts.elsewhere;
const share = counts.located / Math.max(1, broken);
process.stdout.write(
  `${edits} edits: ${broken} broke something, ${counts.located} of them (${(100 * share).toFixed(1)} %) were reported on the edited line; ${counts.silent} changed the network without a finding, ${counts.same} did not change it\n`,
);
if (share < floor) process.exitCode = 1;
