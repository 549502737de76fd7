/**
 * Returns the name by which the compiler knows a document. For a `file:` URI that is its path, which begins with `/` also where
 * drives have letters. Any other URI is its own name; editors that show library files have such URIs.
 */
export function nameOfUri(uri: string): string {
  if (!uri.startsWith("file:")) return uri;
  const { host, pathname } = new URL(uri);
  const path = decoded(pathname);
  if (path === null) return uri;
  // On Windows, drive letters get one case, since clients write either, and shares keep their host.
  const local = path.replace(/^\/([A-Za-z]):/, (_, drive: string) => `/${drive.toLowerCase()}:`);
  return host === "" ? local : `//${host}${local}`;
}

export function uriOfName(name: string): string {
  if (!name.startsWith("/")) return name;
  const encode = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
  return name.startsWith("//") ? `file:${encode(name)}` : `file://${encode(name)}`;
}

/** Decodes a path. Returns null for escapes that stand for no character. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
