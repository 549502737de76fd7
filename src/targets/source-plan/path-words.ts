/** Returns names for a setting from the shortest to the most exact: `filters`, `project_filters`, `shortcut_project_filters`. */
export function slotWords(path: string, word: string): readonly string[] {
  const { label, place } = labelsOf(path);
  return [word, joined(label, word), joined(place, label, word)];
}

/** Returns names for a part: by its place where all of its lines stand in one, else by its first line. */
export function partWords(paths: readonly string[]): readonly string[] {
  const places = new Set(paths.map((path) => labelsOf(path).place));
  const { label, place } = labelsOf(paths[0] ?? "");
  const word = paths.length > 1 && places.size === 1 && place !== "" ? place : label;
  return [word, joined(word, "options"), joined(place, label), joined(place, label, "options")];
}

/** Names a new value of a body: by the path of a branch where that has a label, else by the line's own. */
export function valueWord(path: string): string {
  const { label, place } = labelsOf(path);
  return place === "" ? label : place;
}

function joined(...words: readonly string[]): string {
  return words.filter((word) => word !== "").join("_");
}

/** The last part of a path, and the one before it where a person named that. */
function labelsOf(path: string): { readonly label: string; readonly place: string } {
  const [label = "", place = ""] = path.split("/").reverse();
  return { label, place: /^(?:path|branch)\d+$/.test(place) ? "" : place };
}
