import type { EmittedFile } from "../targets/emitted-file.ts";

/**
 * Returns a function that reads the bytes of emitted files. Text becomes UTF-8. The function throws an internal error
 * for a file that was not emitted.
 */
export function emittedBytes(files: readonly EmittedFile[]): (path: string) => Uint8Array {
  const byPath = new Map(files.map((file) => [file.path, file.contents]));
  return (path) => {
    const contents = byPath.get(path);
    if (contents === undefined) throw new Error(`internal: the build holds no ${path}`);
    return typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  };
}
