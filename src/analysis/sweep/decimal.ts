/** A decimal number as written, without rounding: `mantissa * 10 ** -scale`. */
export interface Decimal {
  readonly mantissa: bigint;
  readonly scale: number;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?([KMG])?$/;
const SUFFIXES: Readonly<Record<string, number>> = { K: 3, M: 6, G: 9 };

/** Exponents beyond the largest double (1.8e308) and the smallest one (4.9e-324). */
const MOST_DIGITS = 400;

/**
 * Reads a number of the language (`0.25`, `1e-3`, `3.6M`); null for any other text, or for a number beyond the range
 * of a double.
 */
export function parseDecimal(text: string): Decimal | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0", suffix] = match;
  const scale = fraction.length - Number(exponent) - (suffix === undefined ? 0 : (SUFFIXES[suffix] ?? 0));
  if (whole.length + fraction.length > MOST_DIGITS || Math.abs(scale) > MOST_DIGITS) return null;
  return { mantissa: BigInt(`${sign}${whole}${fraction}`), scale };
}

/** Formats a decimal in the shortest way without an exponent and without trailing zeros. */
export function formatDecimal({ mantissa, scale }: Decimal): string {
  if (scale <= 0) return (mantissa * 10n ** BigInt(-scale)).toString();
  const negative = mantissa < 0n;
  const digits = (negative ? -mantissa : mantissa).toString().padStart(scale + 1, "0");
  const fraction = digits.slice(-scale).replace(/0+$/, "");
  const whole = digits.slice(0, -scale);
  return `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Returns the mantissas of the numbers at a common scale, so that they can be added. */
export function toOneScale(numbers: readonly Decimal[]): {
  readonly mantissas: readonly bigint[];
  readonly scale: number;
} {
  const scale = Math.max(...numbers.map((number) => number.scale));
  return { mantissas: numbers.map((number) => number.mantissa * 10n ** BigInt(scale - number.scale)), scale };
}
