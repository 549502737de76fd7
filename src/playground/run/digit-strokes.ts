/** A point of a drawing, in any unit. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The line that the pen drew from touching the paper until leaving it. */
export type Stroke = readonly Point[];

/** The larger side of a digit takes 20 of MNIST's 28 pixels (LeCun et al. 1998, III.A). */
const BOX = 20 / 28;
/** Half the width of a line, in 28ths of the side. MNIST's lines are three pixels wide, and the outer two are grey. */
const RADIUS = 1.25;
/** The smallest size, as a fraction of the paper, that a digit is taken to have before scaling. A dot has size 0. */
const LEAST_EXTENT = 0.08;

/**
 * Draws strokes as a picture like those that digits.mnet was trained on. The digit is scaled so that its larger side
 * fills the box, drawn with a fixed line width, and moved so that its centre of mass is in the middle.
 *
 * @param paper the side of the paper, in the unit of the strokes
 * @param side the side of the picture in pixels
 * @returns `side` x `side` values, row by row, from 0 (paper) to 1 (ink)
 */
export function digitOfStrokes(strokes: readonly Stroke[], paper: number, side: number): Float32Array {
  const points = strokes.flat();
  if (points.length === 0) return new Float32Array(side * side);
  const [left, right] = range(points.map(({ x }) => x));
  const [top, bottom] = range(points.map(({ y }) => y));
  const radius = (RADIUS * side) / 28;
  const extent = Math.max(right - left, bottom - top, LEAST_EXTENT * paper);
  const scale = (BOX * side - 2 * radius) / extent;
  const placed = (centreX: number, centreY: number) =>
    strokes.map((stroke) =>
      stroke.map(({ x, y }) => ({ x: side / 2 + scale * (x - centreX), y: side / 2 + scale * (y - centreY) })),
    );
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const mass = centreOfMass(inked(placed(middle.x, middle.y), side, radius), side);
  const centre = { x: middle.x + (mass.x - side / 2) / scale, y: middle.y + (mass.y - side / 2) / scale };
  return inked(placed(centre.x, centre.y), side, radius);
}

function range(values: readonly number[]): readonly [number, number] {
  return values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}

/**
 * Draws lines. A pixel whose centre is inside the line is ink. At the edge of the line, ink fades to paper over half a
 * pixel on both sides.
 */
function inked(strokes: readonly Stroke[], side: number, radius: number): Float32Array {
  const image = new Float32Array(side * side);
  const segments = strokes.flatMap((stroke) => stroke.map((to, index) => [stroke[index - 1] ?? to, to] as const));
  const reach = radius + 1;
  for (const [from, to] of segments) {
    const first = (a: number, b: number) => Math.max(0, Math.floor(Math.min(a, b) - reach));
    const last = (a: number, b: number) => Math.min(side - 1, Math.ceil(Math.max(a, b) + reach));
    for (let row = first(from.y, to.y); row <= last(from.y, to.y); row++) {
      for (let column = first(from.x, to.x); column <= last(from.x, to.x); column++) {
        const distance = distanceTo(from, to, { x: column + 0.5, y: row + 0.5 });
        const ink = Math.min(1, Math.max(0, radius + 0.5 - distance));
        const at = row * side + column;
        image[at] = Math.max(image[at]!, ink);
      }
    }
  }
  return image;
}

/** Returns the distance of a point from the segment between two others. */
function distanceTo(from: Point, to: Point, { x, y }: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

/** Returns the centre of mass, in pixels from the upper left corner. For an empty picture it is the middle. */
export function centreOfMass(image: ArrayLike<number>, side: number): Point {
  let [mass, x, y] = [0, 0, 0];
  for (let at = 0; at < image.length; at++) {
    const ink = image[at]!;
    mass += ink;
    x += ink * ((at % side) + 0.5);
    y += ink * (Math.floor(at / side) + 0.5);
  }
  return mass === 0 ? { x: side / 2, y: side / 2 } : { x: x / mass, y: y / mass };
}
