const LARGEST_HALF = 65504;
const scratch = new DataView(new ArrayBuffer(8));

/**
 * Returns the magnitude of a binary16 as two numbers: it is `count` times 2 to the `exponent`, and `count` is at most
 * 2048.
 */
function partsOf(magnitude: number): { readonly exponent: number; readonly count: number } {
  scratch.setFloat64(0, magnitude);
  // Below 2^-14 the distance of neighbouring numbers is the same as at 2^-14.
  const exponent = Math.max(((scratch.getUint32(0) >>> 20) & 0x7ff) - 1023, -14) - 10;
  const exact = magnitude / 2 ** exponent;
  const below = Math.floor(exact);
  const up = exact - below > 0.5 || (exact - below === 0.5 && below % 2 === 1);
  return { exponent, count: up ? below + 1 : below };
}

/** Returns the bits of the IEEE 754 binary16 nearest to a number, ties to even. From 65520 on it is infinite. */
export function halfBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= LARGEST_HALF + 16) return sign | 0x7c00;
  const { exponent, count } = partsOf(magnitude);
  // A count of 2048 carries into the exponent, which gives the right number.
  return sign | (count < 1024 ? count : ((exponent + 25) << 10) + (count - 1024));
}

/**
 * Returns the number with the given bits of a binary16: 5 bits of exponent, 10 of fraction. Every such number is exact
 * in float32.
 */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Returns the nearest binary16 as a number. Beyond its range it is infinite. */
export function roundToHalf(value: number): number {
  return halfValue(halfBits(value));
}

/** Returns the nearest finite binary16 as a number. Beyond its range it is the largest one. */
export function clampToHalf(value: number): number {
  return Math.max(-LARGEST_HALF, Math.min(LARGEST_HALF, value));
}
