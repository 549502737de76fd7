import { readdirSync, readFileSync } from "node:fs";
import { countNodes, sumCounts } from "../../src/analysis/counts.ts";
import { compile } from "../../src/compile.ts";
import { createSource } from "../../src/text/source.ts";
import { readReferences, type Reference } from "./references.ts";

export interface Counts {
  readonly params: number;
  readonly macs: number;
}

/** A network of specs/ and the same model of another package. */
export interface ZooRow {
  readonly file: string;
  readonly network: string;
  readonly here: Counts;
  /** Null if no package has the model. */
  readonly there: Counts | null;
  readonly input: readonly number[];
  readonly reference: Reference;
}

const folder = new URL("../../specs/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");

/** The names of the shipped specs, sorted. */
export const specFiles: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".mnet"))
  .sort();

/** Returns the networks and presets of a spec in its order. */
export function networksOf(file: string): readonly string[] {
  return compile(createSource(file, read(file)), { network: null, set: new Map(), read }).networks;
}

/** Compiles a network with its defaults and counts it. The reference is the row of references.json with its name. */
function zooRow(file: string, network: string, references: ReadonlyMap<string, Reference>): ZooRow {
  const reference = references.get(network);
  if (reference === undefined) throw new Error(`scripts/zoo/references.json has no row for ${network} of ${file}.`);
  const { value, diagnostics } = compile(createSource(file, read(file)), { network, set: new Map(), read });
  if (value === null) throw new Error(`${network} of ${file}: ${diagnostics[0]?.message ?? ""}`);
  const { trainable, macs } = sumCounts(countNodes(value.training));
  const { params: thereParams, macs: thereMacs } = reference;
  const there = thereParams === undefined || thereMacs === undefined ? null : { params: thereParams, macs: thereMacs };
  const image = value.training.nodes.find(({ op }) => op === "input");
  return { file, network, here: { params: trainable, macs }, there, input: image?.shape ?? [], reference };
}

/** Returns a row for each network of the given specs. Throws if references.json has no row for a network. */
export function zooRows(files: readonly string[] = specFiles): readonly ZooRow[] {
  const references = new Map(readReferences().rows.map((row) => [row.network, row]));
  return files.flatMap((file) => networksOf(file).map((network) => zooRow(file, network, references)));
}

/** Returns true if both counts equal those of the model. */
export function isEqual({ here, there }: ZooRow): boolean {
  return there !== null && here.params === there.params && here.macs === there.macs;
}
