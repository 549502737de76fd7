/**
 * Returns a function that reads files in memory. It throws an internal error for a file that the build does not
 * contain.
 */
export function bytesOf(files: ReadonlyMap<string, Uint8Array>): (path: string) => Uint8Array {
  return (path) => {
    const bytes = files.get(path);
    if (bytes === undefined) throw new Error(`internal: the build holds no ${path}`);
    return bytes;
  };
}
