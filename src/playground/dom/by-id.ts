/**
 * Returns an element of the page's own markup.
 *
 * @throws an internal error where it is missing or of another kind
 */
export function byId<T extends HTMLElement = HTMLElement>(id: string, kind?: new () => T): T {
  const found = document.getElementById(id);
  if (found === null || (kind !== undefined && !(found instanceof kind))) {
    throw new Error(`internal: the page has no ${kind?.name ?? "element"} "${id}"`);
  }
  return found as T;
}
