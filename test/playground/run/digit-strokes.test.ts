import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { centreOfMass, digitOfStrokes } from "../../../src/playground/run/digit-strokes.ts";
import { sampleDigit } from "../../../src/playground/run/sample-digit.ts";
import { interpretOutputs } from "../../../src/reference/interpret.ts";
import { topClasses } from "../../../src/reference/top-classes.ts";
import { readSafetensors } from "../../../src/formats/safetensors.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { drawnDigits } from "./drawn-digits.ts";

const side = 28;

/** Rows and columns that have ink. */
function inkedExtent(image: Float32Array): readonly [number, number] {
  const inked = Array.from(image.keys()).filter((at) => image[at]! > 0.4);
  const extent = (places: readonly number[]) => Math.max(...places) - Math.min(...places) + 1;
  return [extent(inked.map((at) => Math.floor(at / side))), extent(inked.map((at) => at % side))];
}

test("nothing drawn is paper", () => {
  expect(digitOfStrokes([], 100, side).every((ink) => ink === 0)).toBe(true);
});

test("a digit fills a box of 20 pixels, with its centre of mass in the middle, as MNIST's do", () => {
  for (const strokes of drawnDigits) {
    const image = digitOfStrokes(strokes, 100, side);
    const { x, y } = centreOfMass(image, side);
    expect(Math.hypot(x - 14, y - 14)).toBeLessThan(0.15);
    expect(Math.abs(Math.max(...inkedExtent(image)) - 20)).toBeLessThanOrEqual(1);
    expect(Math.max(...image)).toBe(1);
  }
  const sevens = centreOfMass(sampleDigit(7), side);
  expect(Math.hypot(sevens.x - 14, sevens.y - 14)).toBeLessThan(1);
});

test("the same digit is the same picture wherever it stands, and however large", () => {
  const [strokes = []] = drawnDigits.slice(3);
  const small = strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: 60 + x / 3, y: 5 + y / 3 })));
  const [large, little] = [digitOfStrokes(strokes, 100, side), digitOfStrokes(small, 100, side)];
  large.forEach((ink, at) => expect(little[at]).toBeCloseTo(ink, 4));
});

test("a dot is a dot", () => {
  const image = digitOfStrokes([[{ x: 3, y: 90 }]], 100, side);
  expect(inkedExtent(image)).toEqual([2, 2]);
});

test("drawn digits and samples are read by digits.mnet with its shipped weights", () => {
  const { inference } = compileSpecFile("digits.mnet");
  const read = readSafetensors(readFileSync("specs/digits.safetensors"));
  if (!read.ok) throw new Error(read.problem.message);
  const classOf = (image: Float32Array) =>
    topClasses(interpretOutputs(inference, read.value.tensors, image).get("output") ?? [], null, 1)[0]?.index;
  const labels = drawnDigits.map((_strokes, label) => label);
  expect(drawnDigits.map((strokes) => classOf(digitOfStrokes(strokes, 100, side)))).toEqual(labels);
  expect(labels.map((label) => classOf(sampleDigit(label)))).toEqual(labels);
});
