/** `[h, w, c]` for a map (NHWC without the batch), `[n]` for a vector. */
export type Shape = readonly number[];

/** A map's extents. */
export interface MapShape {
  readonly h: number;
  readonly w: number;
  readonly c: number;
}

/** Null for a vector. */
export function asMap(shape: Shape): MapShape | null {
  const [h, w, c] = shape;
  return shape.length === 3 && h !== undefined && w !== undefined && c !== undefined ? { h, w, c } : null;
}

/** Returns the extents of a shape that must be a map; a vector here is a bug of mnet. */
export function mapOf(shape: Shape): MapShape {
  const map = asMap(shape);
  if (map === null) throw new Error(`internal: ${formatShape(shape)} is not a map`);
  return map;
}

/** Tells whether a map is a sequence: several rows of one column, with the channels of a position in each. */
export function isSequence(shape: Shape): boolean {
  const map = asMap(shape);
  return map !== null && map.w === 1 && map.h > 1;
}

/** Returns the extent of the last axis. */
export function channelsOf(shape: Shape): number {
  return shape.at(-1) ?? 0;
}

export function elementsOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** `112x112x32`, or `1000` for a vector. */
export function formatShape(shape: Shape): string {
  return shape.join("x");
}
