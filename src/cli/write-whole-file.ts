import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { systemFailure } from "./cli-error.ts";

/** Writes a file, whole or not at all, and the folder it lies in. */
export async function writeWholeFile(path: string, contents: string | Uint8Array): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  try {
    mkdirSync(dirname(path), { recursive: true });
    await writeFileAtomic(path, typeof contents === "string" ? contents : Buffer.from(contents));
  } catch (cause) {
    throw systemFailure(`Cannot write ${path}`, cause);
  }
}
