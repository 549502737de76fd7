import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../../config/config-schema.ts";
import { CliError } from "../cli-error.ts";
import { readText } from "./read-file.ts";

/** A configuration and the file it is from; the paths in it start at that file's folder. */
export interface FoundConfig {
  /** Null where there is none. */
  readonly path: string | null;
  readonly config: Config;
}

const name = "mnet.config.json";

/** The nearest `mnet.config.json` upwards from a folder; null where there is none. */
export function nearestConfig(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, name))) return join(at, name);
    if (dirname(at) === at) return null;
  }
}

/** Finds and reads configurations, each once; `named` is one that a command line names for all specs. */
export function createConfigFinder(named: string | undefined): (spec: string) => Promise<FoundConfig> {
  const read = new Map<string, FoundConfig>();
  return async (spec) => {
    const path = named ?? nearestConfig(spec === "-" ? "." : dirname(spec));
    if (path === null) return { path: null, config: {} };
    const known = read.get(path);
    if (known !== undefined) return known;
    const { parseConfig } = await import("../../config/parse-config.ts");
    const { value, problem } = parseConfig(readText(path));
    if (value === null) {
      throw new CliError(`${path}: ${problem}`, {
        hint: "generated/config.schema.json of the package says what it may hold.",
      });
    }
    const found = { path, config: value };
    read.set(path, found);
    return found;
  };
}
