/**
 * Returns the path that an import names, joined to the folder of the importing file and normalised. Returns null if it is
 * no plain relative path: if it is absolute, a URL or a drive, or holds backslashes or control characters.
 */
export function resolveImportPath(importer: string, specifier: string): string | null {
  // eslint-disable-next-line no-control-regex -- control characters are what this refuses
  if (specifier === "" || /^[/~]|^[A-Za-z][A-Za-z0-9+.-]*:|\\|[\u0000-\u001f]/.test(specifier)) return null;
  const absolute = importer.startsWith("/");
  const parts: string[] = [];
  for (const part of [...importer.split("/").slice(0, -1), ...specifier.split("/")]) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return (absolute ? "/" : "") + parts.join("/");
}
