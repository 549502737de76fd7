import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { systemFailure } from "../failure/system-failure.ts";

/**
 * Writes a file, whole or not at all. Makes its folder where that is missing. A device or pipe is written to directly.
 *
 * @throws CliError where it cannot be written
 */
export async function writeWholeFile(path: string, contents: string | Uint8Array): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile() && !there.isDirectory()) {
      writeFileSync(path, contents);
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    await writeFileAtomic(path, typeof contents === "string" ? contents : Buffer.from(contents));
  } catch (cause) {
    throw systemFailure(`Cannot write ${path}`, cause);
  }
}
