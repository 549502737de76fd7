import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlayDocument } from "../../src/playground/compiler/play-document.ts";
import { createSession } from "../../src/playground/compiler/session.ts";

const folder = join(import.meta.dirname, "../../specs");

/** Text of every shipped spec, by file name. */
export const shippedSpecs: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".mnet"))
    .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
);

/** A shipped spec as the page opens it. */
export function shippedDocument(name: string, changes: Partial<PlayDocument> = {}): PlayDocument {
  return { name, text: shippedSpecs.get(name) ?? "", network: null, params: {}, ...changes };
}

/** The session that the page's worker holds, in this process. */
export function playSession() {
  return createSession({
    specs: shippedSpecs,
    digitsWeights: () => readFile(join(folder, "digits.safetensors")),
  });
}
