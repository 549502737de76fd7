import type { EmittedFile } from "../../targets/emitted-file.ts";

/** Returns the bytes of a file. Text becomes UTF-8. */
export function fileBytes({ contents }: EmittedFile): Uint8Array {
  return typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
}
