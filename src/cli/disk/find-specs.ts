import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { systemFailure } from "../failure/system-failure.ts";

/**
 * Returns the specs that paths stand for: a file as it is named, and for a folder every `.mnet` file below it, in order of name.
 * Hidden folders and node_modules are left out.
 */
export function findSpecs(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(path) ? specsBelow(path) : [path])))];
}

function isFolder(path: string): boolean {
  return path !== "-" && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

function specsBelow(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return /^\.|^node_modules$/.test(entry.name) ? [] : specsBelow(path);
      return entry.isFile() && entry.name.endsWith(".mnet") ? [path] : [];
    });
  } catch (cause) {
    throw systemFailure(`Cannot read ${folder}`, cause);
  }
}
