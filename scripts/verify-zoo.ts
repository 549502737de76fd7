// `npm run verify:zoo` runs every network of specs/ at its smallest size in tf.js and on WebGPU, and compares both
// with the interpreter. It takes some minutes. `npm run verify:zoo -- NAME…` verifies only the named networks.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { compile } from "../src/compile.ts";
import { createSource, type Source } from "../src/text/source.ts";

const cli = "dist/cli.js";
const wanted = process.argv.slice(2);

/** Values that make a network small, if it has such params; the first that it takes is set. */
const SMALL = { size: ["32", "64", "96"], classes: ["10"] } as const;

interface Verification {
  readonly reports: readonly {
    readonly target: string;
    readonly status: string;
    readonly layers: readonly { readonly maxError: number; readonly bound: number }[];
    readonly firstDifference: { readonly path: string; readonly reason: string } | null;
  }[];
}

const read = (path: string): string => readFileSync(path, "utf8");

function networksOf(entry: Source): readonly string[] {
  return compile(entry, { network: null, set: new Map(), read }).networks;
}

/** Returns `--set` values for the params of SMALL that the network has and that accept the value. */
function settings(entry: Source, network: string): readonly string[] {
  return Object.entries(SMALL).flatMap(([name, values]) => {
    const taken = values.find(
      (value) => compile(entry, { network, set: new Map([[name, value]]), read }).value !== null,
    );
    return taken === undefined ? [] : ["--set", `${name}=${taken}`];
  });
}

let failed = 0;
for (const file of readdirSync("specs").filter((name) => name.endsWith(".mnet"))) {
  const spec = `specs/${file}`;
  const entry = createSource(spec, read(spec));
  for (const network of networksOf(entry)) {
    if (wanted.length > 0 && !wanted.includes(network)) continue;
    const args = [cli, "verify", spec, "--network", network, ...settings(entry, network), "--json"];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      env: { ...process.env, CI: "true" },
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) failed += 1;
    const { reports } = (stdout === "" ? { reports: [] } : JSON.parse(stdout)) as Verification;
    const parts = reports.map(({ target, status: outcome, layers, firstDifference }) => {
      const closest = Math.max(...layers.map(({ maxError, bound }) => maxError / bound));
      const where = firstDifference === null ? "" : ` at ${firstDifference.path}: ${firstDifference.reason}`;
      return `${target} ${outcome}, ${layers.length} values, at most ${(100 * closest).toFixed(0)} % of a bound${where}`;
    });
    console.log(`${network}: ${parts.length === 0 ? stderr.trim() : parts.join("; ")}`);
  }
}
console.log(failed === 0 ? "every network agrees" : `${failed} networks do not agree`);
process.exitCode = failed === 0 ? 0 : 1;
