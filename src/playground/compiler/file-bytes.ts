import type { EmittedFile } from "../../targets/emitted-file.ts";

/** The bytes of a file, text as UTF-8, in memory of their own. */
export function fileBytes({ contents }: EmittedFile): Uint8Array<ArrayBuffer> {
  return typeof contents === "string" ? new TextEncoder().encode(contents) : new Uint8Array(contents);
}
