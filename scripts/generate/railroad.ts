/*
 * Draws railroad diagrams as SVG. Chevrotain's own page is not used, because it loads its script from the network. The track enters a box at its left side and leaves it at its right side, both at height 0. `up` and `down` are the extents of the box above and below that height.
 */

export interface Box {
  readonly width: number;
  readonly up: number;
  readonly down: number;
  readonly draw: (x: number, y: number) => string;
}

const gap = 12;
const bend = 8;
const half = 12;
const letter = 7.4;

export function terminal(text: string): Box {
  return word(text, "terminal", half);
}

export function nonTerminal(text: string): Box {
  const box = word(text, "rule", 2);
  return { ...box, draw: (x, y) => `<a href="#${escapeText(text)}">${box.draw(x, y)}</a>` };
}

function word(text: string, kind: string, radius: number): Box {
  const width = Math.round(text.length * letter) + 20;
  return {
    width,
    up: half,
    down: half,
    draw: (x, y) =>
      `<rect class="${kind}" x="${at(x)}" y="${at(y - half)}" width="${at(width)}" height="${at(2 * half)}" rx="${at(radius)}"/>` +
      `<text x="${at(x + width / 2)}" y="${at(y + 4)}">${escapeText(text)}</text>`,
  };
}

const nothing: Box = { width: 0, up: 0, down: 0, draw: () => "" };

export function sequence(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return nothing;
  const [only] = boxes;
  if (boxes.length === 1 && only) return only;
  return {
    width: sum(boxes.map(({ width }) => width)) + gap * (boxes.length - 1),
    up: Math.max(...boxes.map(({ up }) => up)),
    down: Math.max(...boxes.map(({ down }) => down)),
    draw: (x, y) => {
      let left = x;
      return boxes
        .map((box, index) => {
          const line = index === 0 ? "" : path(`M${at(left - gap)} ${at(y)}h${at(gap)}`);
          const drawn = line + box.draw(left, y);
          left += box.width + gap;
          return drawn;
        })
        .join("");
    },
  };
}

/** The first alternative is on the main track, the others are below it. */
export function choice(boxes: readonly Box[]): Box {
  const [first = nothing, ...others] = boxes;
  const inner = Math.max(...boxes.map(({ width }) => width));
  const width = inner + 4 * bend;
  let below = first.down;
  const depths = others.map((box) => {
    const depth = below + gap / 2 + box.up;
    below = depth + box.down;
    return depth;
  });
  return {
    width,
    up: first.up,
    down: below,
    draw: (x, y) => {
      const left = x + 2 * bend;
      const through = path(`M${at(x)} ${at(y)}h${at(2 * bend)}`) + rest(left, y, first, inner + 2 * bend);
      const branches = others.map((box, index) => {
        const depth = depths[index] ?? 0;
        const drop = depth - 2 * bend;
        return (
          path(
            `M${at(x)} ${at(y)}q${at(bend)} 0 ${at(bend)} ${at(bend)}v${at(drop)}q0 ${at(bend)} ${at(bend)} ${at(bend)}`,
          ) +
          rest(left, y + depth, box, inner) +
          path(
            `M${at(left + inner)} ${at(y + depth)}q${at(bend)} 0 ${at(bend)} ${at(-bend)}v${at(-drop)}q0 ${at(-bend)} ${at(bend)} ${at(-bend)}`,
          )
        );
      });
      return through + first.draw(left, y) + branches.join("");

      function rest(from: number, height: number, box: Box, to: number): string {
        return (
          path(`M${at(from + box.width)} ${at(height)}h${at(to - box.width)}`) +
          (box === first ? "" : box.draw(from, height))
        );
      }
    },
  };
}

/** Adds a track that bypasses the box above it. */
export function optional(box: Box): Box {
  const width = box.width + 4 * bend;
  const rise = box.up + bend;
  return {
    width,
    up: Math.max(rise, 2 * bend),
    down: box.down,
    draw: (x, y) => {
      const height = Math.max(rise, 2 * bend);
      const straight = height - 2 * bend;
      return (
        path(`M${at(x)} ${at(y)}h${at(2 * bend)}`) +
        box.draw(x + 2 * bend, y) +
        path(`M${at(x + 2 * bend + box.width)} ${at(y)}h${at(2 * bend)}`) +
        path(
          `M${at(x)} ${at(y)}q${at(bend)} 0 ${at(bend)} ${at(-bend)}v${at(-straight)}q0 ${at(-bend)} ${at(bend)} ${at(-bend)}` +
            `h${at(box.width)}q${at(bend)} 0 ${at(bend)} ${at(bend)}v${at(straight)}q0 ${at(bend)} ${at(bend)} ${at(bend)}`,
        )
      );
    },
  };
}

/** Draws one or more repetitions. The track back is below, through the separator. */
export function repeated(box: Box, separator: Box = nothing): Box {
  const inner = Math.max(box.width, separator.width);
  const width = inner + 2 * bend;
  const drop = Math.max(box.down + gap / 2 + separator.up, 2 * bend);
  return {
    width,
    up: box.up,
    down: drop + Math.max(separator.down, 1),
    draw: (x, y) => {
      const left = x + bend;
      const right = left + inner;
      const straight = drop - 2 * bend;
      return (
        path(`M${at(x)} ${at(y)}h${at(bend)}`) +
        box.draw(left, y) +
        path(`M${at(left + box.width)} ${at(y)}H${at(x + width)}`) +
        path(
          `M${at(right)} ${at(y)}q${at(bend)} 0 ${at(bend)} ${at(bend)}v${at(straight)}q0 ${at(bend)} ${at(-bend)} ${at(bend)}`,
        ) +
        path(`M${at(right)} ${at(y + drop)}H${at(left + separator.width)}`) +
        separator.draw(left, y + drop) +
        path(
          `M${at(left)} ${at(y + drop)}q${at(-bend)} 0 ${at(-bend)} ${at(-bend)}v${at(-straight)}q0 ${at(-bend)} ${at(bend)} ${at(-bend)}`,
        )
      );
    },
  };
}

export function svg(box: Box): string {
  const margin = 16;
  const width = box.width + 2 * margin + 2 * gap;
  const height = box.up + box.down + 2 * margin;
  const y = margin + box.up;
  const end = margin + gap + box.width;
  return (
    `<svg width="${at(width)}" height="${at(height)}" viewBox="0 0 ${at(width)} ${at(height)}" role="img">` +
    path(`M${at(margin)} ${at(y - 6)}v12m0 -6h${at(gap)}`) +
    box.draw(margin + gap, y) +
    path(`M${at(end)} ${at(y)}h${at(gap)}m0 -6v12`) +
    "</svg>"
  );
}

function path(d: string): string {
  return `<path d="${d}"/>`;
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
