/** How a long list is cut. */
export interface AbridgedStyle {
  /** The most items to name. */
  readonly most: number;
  /** What stands between two items. */
  readonly separator: string;
  /** What stands before the number of items left out. */
  readonly beforeRest: string;
}

/** Writes the first items of a list and how many it leaves out: `a, b and 3 more`. */
export function abridged(
  items: readonly string[],
  { most, separator, beforeRest }: AbridgedStyle = { most: 4, separator: ", ", beforeRest: " and " },
): string {
  const shown = items.slice(0, most).join(separator);
  return items.length > most ? `${shown}${beforeRest}${items.length - most} more` : shown;
}
