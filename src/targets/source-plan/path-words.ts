/** Returns names for a setting from the shortest to the most exact: `filters`, `project_filters`, `shortcut_project_filters`. */
export function slotWords(path: string, word: string): readonly string[] {
  const { label, place } = labelsOf(path);
  return [word, joined(label, word), joined(place, label, word)];
}

/** Returns names for a part: from the path that all of its lines share, or else from its first line. */
export function partWords(paths: readonly string[]): readonly string[] {
  const places = new Set(paths.map((path) => labelsOf(path).place));
  const { label, place } = labelsOf(paths[0] ?? "");
  const word = paths.length > 1 && places.size === 1 && place !== "" ? place : label;
  return [word, joined(word, "options"), joined(place, label), joined(place, label, "options")];
}

/**
 * Names a new value of a body: from the path of a branch if the branch has a label, or else from the line's own path.
 */
export function valueWord(path: string): string {
  const { label, place } = labelsOf(path);
  return place === "" ? label : place;
}

function joined(...words: readonly string[]): string {
  return words.filter((word) => word !== "").join("_");
}

/** Returns the last part of a path, preceded by the part before it if the spec names that part. */
function labelsOf(path: string): { readonly label: string; readonly place: string } {
  const [label = "", place = ""] = path.split("/").reverse();
  return { label, place: /^(?:path|branch)\d+$/.test(place) ? "" : place };
}
