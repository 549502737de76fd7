import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../../config/config-schema.ts";
import { CliError } from "../failure/cli-error.ts";
import { readText } from "./read-file.ts";

/** A configuration and its file. The paths in it are relative to the folder of that file. */
export interface FoundConfig {
  /** Null where there is no file. */
  readonly path: string | null;
  readonly config: Config;
}

const name = "mnet.config.json";

/** Returns the nearest `mnet.config.json` in a folder or above it, or null where there is none. */
export function nearestConfig(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, name))) return join(at, name);
    if (dirname(at) === at) return null;
  }
}

/**
 * Makes a function that finds the configuration of a spec. It reads each file once, and throws CliError for one that is wrong.
 *
 * @param named a file that the command line names for all specs
 */
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
        hint: "The package's generated/config.schema.json lists what it may hold.",
      });
    }
    const found = { path, config: value };
    read.set(path, found);
    return found;
  };
}
