import { expect, test } from "vitest";
import { halfBits, halfValue, roundToHalf } from "../../src/formats/half.ts";

test("every binary16 keeps its bits", () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = halfValue(bits);
    if (Number.isNaN(value)) expect(Number.isNaN(roundToHalf(value))).toBe(true);
    else if (halfBits(value) !== bits) expect.fail(`${value} has bits ${bits}, and gets ${halfBits(value)}`);
  }
});

test("what lies between goes to the nearer neighbour, and to the even one from the middle", () => {
  for (let bits = 0; bits < 0x7bff; bits++) {
    const [low, high] = [halfValue(bits), halfValue(bits + 1)];
    const middle = (low + high) / 2;
    const found = [low + (middle - low) * 0.999, middle, middle + (high - middle) * 0.001].map(halfBits);
    const wanted = [bits, bits % 2 === 0 ? bits : bits + 1, bits + 1];
    if (found.join() !== wanted.join())
      expect.fail(`between ${low} and ${high}: ${found.join()}, not ${wanted.join()}`);
  }
});

test.each([
  [65519.99, 65504],
  [65520, Infinity],
  [-1e9, -Infinity],
  [2 ** -25, 0],
  [2 ** -25 * 1.001, 2 ** -24],
  [1e-300, 0],
  [-0, -0],
  // Rounded to float32 first, this would be a tie.
  [1 + 2 ** -11 + 2 ** -40, 1 + 2 ** -10],
])("%d becomes %d", (value, rounded) => {
  expect(roundToHalf(value)).toBe(rounded);
});
