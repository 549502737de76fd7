/**
 * Returns the element of the page with an id.
 *
 * @throws an internal error if it is missing or of another type
 */
export function byId<T extends HTMLElement = HTMLElement>(id: string, kind?: new () => T): T {
  const found = document.getElementById(id);
  if (found === null || (kind !== undefined && !(found instanceof kind))) {
    throw new Error(`internal: the page has no ${kind?.name ?? "element"} "${id}"`);
  }
  return found as T;
}
