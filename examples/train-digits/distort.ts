import type { RandomSource } from "../../src/weights/random.ts";
import { pixels, side } from "./digits.ts";

const maxShift = 2;
const maxTurn = (10 * Math.PI) / 180;
const maxScale = 0.1;

/**
 * Returns a randomly distorted copy of a digit: moved by up to 2 pixels, rotated by up to 10 degrees, and scaled by up
 * to a tenth.
 */
export function distort(image: Float32Array, { uniform }: RandomSource): Float32Array {
  const between = (limit: number) => (2 * uniform() - 1) * limit;
  const [right, down, turn, scale] = [between(maxShift), between(maxShift), between(maxTurn), 1 + between(maxScale)];
  const cos = Math.cos(turn) / scale;
  const sin = Math.sin(turn) / scale;
  const middle = (side - 1) / 2;
  const result = new Float32Array(pixels);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const x = column - middle - right;
      const y = row - middle - down;
      result[row * side + column] = sample(image, middle + sin * x + cos * y, middle + cos * x - sin * y);
    }
  }
  return result;
}

/** Interpolates linearly between pixels. Outside of the picture it is paper. */
function sample(image: Float32Array, row: number, column: number): number {
  const top = Math.floor(row);
  const left = Math.floor(column);
  const down = row - top;
  const right = column - left;
  return (
    (1 - down) * ((1 - right) * pixelAt(image, top, left) + right * pixelAt(image, top, left + 1)) +
    down * ((1 - right) * pixelAt(image, top + 1, left) + right * pixelAt(image, top + 1, left + 1))
  );
}

function pixelAt(image: Float32Array, row: number, column: number): number {
  return row < 0 || column < 0 || row >= side || column >= side ? 0 : image[row * side + column]!;
}
