/** A text beside a point of a plot, in pixels. */
export interface WantedLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Of the point. */
  readonly radius: number;
}

export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly anchor: "start" | "end";
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The width of a character of the label's font, which is 11 pixels high. It is generous, because fonts differ between
 * machines.
 */
const characterWidth = 6.4;
const lineHeight = 14;
const mostCharacters = 32;

/**
 * Places each label above and to the left of its point, or else below and to the right. A label is left out if it
 * would leave the plot or cover a point or an earlier label. The first and the last label are placed before the
 * others.
 */
export function placeLabels(wanted: readonly WantedLabel[], plot: Box): readonly PlacedLabel[] {
  const taken: Box[] = wanted.map(({ x, y, radius }) => ({
    left: x - radius,
    top: y - radius,
    right: x + radius,
    bottom: y + radius,
  }));
  const placed: PlacedLabel[] = [];
  const first = wanted.slice(0, 1);
  const last = wanted.slice(1).slice(-1);
  for (const label of [...first, ...last, ...wanted.slice(1, -1)]) {
    const candidate = candidates(label).find(
      ({ box }) => isInside(box, plot) && !taken.some((other) => overlap(box, other)),
    );
    if (candidate === undefined) continue;
    taken.push(candidate.box);
    placed.push(candidate.label);
  }
  return placed;
}

function candidates({
  text,
  x,
  y,
  radius,
}: WantedLabel): readonly { readonly label: PlacedLabel; readonly box: Box }[] {
  const shown = text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
  const across = shown.length * characterWidth;
  const gap = radius + 3;
  return [
    { label: { text: shown, x: x - gap, y: y - 2, anchor: "end" as const }, left: x - gap - across },
    { label: { text: shown, x: x + gap, y: y + 11, anchor: "start" as const }, left: x + gap },
    { label: { text: shown, x: x - gap, y: y + 13, anchor: "end" as const }, left: x - gap - across },
  ].map(({ label, left }) => ({
    label,
    box: { left, top: label.y - lineHeight + 3, right: left + across, bottom: label.y + 3 },
  }));
}

function isInside(box: Box, plot: Box): boolean {
  return box.left >= plot.left && box.right <= plot.right && box.top >= plot.top && box.bottom <= plot.bottom;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
