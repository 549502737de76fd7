import type { EmittedFile } from "../../targets/emitted-file.ts";

/** The bytes of a file, text as UTF-8. */
export function fileBytes({ contents }: EmittedFile): Uint8Array {
  return typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
}
