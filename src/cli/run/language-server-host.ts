import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { library } from "../../../generated/library.ts";
import { lintOptionsOf } from "../../config/lint-options.ts";
import { parseConfig } from "../../config/parse-config.ts";
import { uriOfName, nameOfUri } from "../../lsp/server/file-names.ts";
import type { Host } from "../../lsp/server/host.ts";
import { CliError } from "../failure/cli-error.ts";
import { nearestConfig } from "../disk/find-config.ts";
import { findSpecs } from "../disk/find-specs.ts";
import { createReader, readText } from "../disk/read-file.ts";

/** Makes the language server's view of this machine's disk. `dispose` removes the files that it wrote. */
export function diskHost(): { readonly host: Host; readonly dispose: () => void } {
  let folder: string | null = null;
  return {
    host: {
      reader(spec) {
        const from = pathOf(spec);
        if (from === null) return () => null;
        const read = createReader(dirname(from));
        return (name) => {
          const path = pathOf(name);
          return path === null ? null : read(path);
        };
      },
      specsBelow(name) {
        const folder = pathOf(name);
        return folder === null ? [] : specsBelow(folder).map((path) => nameOf(path));
      },
      lintOptions,
      libraryFolder() {
        folder ??= writeLibrary();
        return nameOf(folder);
      },
    },
    dispose: () => {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Returns the system's path of a name. A name is the path of a `file:` URI, which on Windows is not the path of the system.
 * Returns null for a name that this machine has no path for, such as a file on another host.
 */
function pathOf(name: string): string | null {
  if (!name.startsWith("/") || name.includes("\0")) return null;
  try {
    return fileURLToPath(uriOfName(name));
  } catch {
    return null;
  }
}

function nameOf(path: string): string {
  return nameOfUri(pathToFileURL(path).href);
}

function specsBelow(folder: string): readonly string[] {
  try {
    return findSpecs([folder]);
  } catch (cause) {
    if (cause instanceof CliError) return [];
    throw cause;
  }
}

const plain = lintOptionsOf({}, {});

function lintOptions(spec: string): ReturnType<Host["lintOptions"]> {
  const file = pathOf(spec);
  const path = file === null ? null : nearestConfig(dirname(file));
  if (path === null) return { options: plain, problem: null };
  try {
    const { value, problem } = parseConfig(readText(path));
    if (value === null) return { options: plain, problem: `${path}: ${problem}` };
    return { options: lintOptionsOf(value, {}), problem: null };
  } catch (cause) {
    if (cause instanceof CliError) return { options: plain, problem: cause.message };
    throw cause;
  }
}

/** Writes the files of the library for an editor to open, read-only. The folder is new, so it holds no other files. */
function writeLibrary(): string {
  const folder = mkdtempSync(join(tmpdir(), "mnet-library-"));
  for (const { name, text } of library) {
    const file = join(folder, name);
    writeFileSync(file, text);
    chmodSync(file, 0o444);
  }
  return folder;
}
