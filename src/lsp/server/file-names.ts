/**
 * The name that the compiler knows a document by: the path of a `file:` URI, which begins with `/` also where drives have
 * letters; any other URI is its own name, as a library file's is where the editor shows those itself.
 */
export function nameOfUri(uri: string): string {
  if (!uri.startsWith("file:")) return uri;
  const { host, pathname } = new URL(uri);
  const path = decoded(pathname);
  if (path === null) return uri;
  // Windows: drives in one case, as the client may write either; shares keep their host.
  const local = path.replace(/^\/([A-Za-z]):/, (_, drive: string) => `/${drive.toLowerCase()}:`);
  return host === "" ? local : `//${host}${local}`;
}

export function uriOfName(name: string): string {
  if (!name.startsWith("/")) return name;
  const encode = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
  return name.startsWith("//") ? `file:${encode(name)}` : `file://${encode(name)}`;
}

/** Null for escapes that stand for no character. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
