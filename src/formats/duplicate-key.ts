/** Strings and the marks that open, close and separate; numbers and literals fall between. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Returns the first key that some object of a *valid* JSON text has twice, or null. `JSON.parse` silently keeps the last of two, so two
 * tensors of one name would pass as one. Keys are compared after escapes: `"a"` and `"\u0061"` are equal.
 */
export function duplicateKey(json: string): string | null {
  // One set of keys for each open object, null for each open list.
  const open: (Set<string> | null)[] = [];
  let text: string | null = null;
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":" && text !== null) {
      const key = JSON.parse(text) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
    text = token.startsWith('"') ? token : null;
  }
  return null;
}
