/** The settings for shortening a long list. */
export interface AbridgedStyle {
  /** The most items to name. */
  readonly most: number;
  /** The separator of two items. */
  readonly separator: string;
  /** The text before the number of items that are left out. */
  readonly beforeRest: string;
}

/** Returns the first items of a list and the number of the others: `a, b and 3 more`. */
export function abridged(
  items: readonly string[],
  { most, separator, beforeRest }: AbridgedStyle = { most: 4, separator: ", ", beforeRest: " and " },
): string {
  const shown = items.slice(0, most).join(separator);
  return items.length > most ? `${shown}${beforeRest}${items.length - most} more` : shown;
}
