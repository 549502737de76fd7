import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, isAbsolute, resolve, sep } from "node:path";
import { CliError } from "../failure/cli-error.ts";
import { systemFailure } from "../failure/system-failure.ts";

/** Keeps an endless stream from filling memory. The compiler holds specs to 1 MiB. */
const mostTextBytes = 16 * 1024 * 1024;

const chunkBytes = 64 * 1024;

function readDescriptor(descriptor: number, name: string, most: number): Uint8Array {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.alloc(chunkBytes);
    let length: number;
    try {
      length = readSync(descriptor, chunk);
    } catch (cause) {
      // EAGAIN: a terminal or pipe that does not block has nothing yet. EOF: the end of a pipe on Windows.
      const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
      if (code === "EOF") break;
      if (code !== "EAGAIN") throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
      continue;
    }
    if (length === 0) break;
    total += length;
    if (total > most) throw new CliError(`${name} is larger than ${most / 1024 / 1024} MiB`);
    chunks.push(chunk.subarray(0, length));
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliError(`${name} is not UTF-8 text`);
  }
}

/**
 * Reads the whole text of a file, or of stdin for `-`.
 *
 * @throws CliError where it cannot be read, is too large or is not UTF-8
 */
export function readText(path: string): string {
  const name = path === "-" ? "<stdin>" : path;
  try {
    if (path === "-") return decode(readDescriptor(0, name, mostTextBytes), name);
    const descriptor = openSync(path, "r");
    try {
      return decode(readDescriptor(descriptor, name, mostTextBytes), name);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw systemFailure(`Cannot read ${name}`, cause);
  }
}

/**
 * Reads the bytes of a file.
 *
 * @throws CliError where it cannot be read
 */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw systemFailure(`Cannot read ${path}`, cause);
  }
}

/**
 * Returns the nearest folder, from this one upwards, that holds a package, a configuration of mnet or a repository. Returns the
 * folder itself where there is none.
 */
function projectRoot(folder: string): string {
  const markers = ["mnet.config.json", "package.json", ".git"];
  for (let at = folder; ; at = dirname(at)) {
    if (markers.some((marker) => existsSync(join(at, marker)))) return at;
    if (dirname(at) === at) return folder;
  }
}

/**
 * Makes the reader of what a spec imports. Paths start where the path of the spec does. The reader gives null for files that are
 * not there or lie outside the root of the project, also where `..` or a link leads there.
 */
export function createReader(entryFolder: string): (path: string) => string | null {
  const root = projectRoot(realpathSync(resolve(entryFolder)));
  return (path) => {
    if (path.includes("\0")) return null;
    const target = resolve(path);
    if (!existsSync(target)) return null;
    const inside = relative(root, realpathSync(target));
    if (isAbsolute(inside) || inside.split(sep)[0] === "..") return null;
    // Reading a named pipe would wait until somebody writes to it, and reading some devices never ends.
    if (!statSync(target).isFile()) return null;
    try {
      return readText(target);
    } catch (cause) {
      if (cause instanceof CliError) return null;
      throw cause;
    }
  };
}
