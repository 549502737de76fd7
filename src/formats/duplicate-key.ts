/** Matches strings and punctuation. Numbers and literals are skipped. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/**
 * Returns the first key that occurs twice in the same object of a *valid* JSON text, or null. `JSON.parse` silently
 * keeps the last of two values, so one of two tensors with the same name would be lost. Keys are compared after their
 * escapes are decoded: `"a"` and `"\u0061"` are equal.
 */
export function duplicateKey(json: string): string | null {
  // A set of keys for each open object, and null for each open list.
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
