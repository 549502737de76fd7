import { expect, test } from "vitest";
import { dark, light } from "../../src/report/report-style.ts";

/** WCAG 2.2: relative luminance of `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test("the measure is that of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBe(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

// Axe judges the text of elements, but neither the text of pictures nor bars.
test.each([
  ["light", light],
  ["dark", dark],
])("in %s text has 4.5 : 1 against all that it stands on, and bars 3 : 1", (_scheme, colors) => {
  const { paper, band, track, text, faint, link, error, warning, info, mark, buffers, bufferLines } = colors;
  for (const below of [paper, band]) {
    for (const color of [text, faint, link, error, warning, info]) {
      expect(contrast(color, below), `${color} on ${below}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  for (const below of [mark, ...buffers]) expect(contrast(text, below), below).toBeGreaterThanOrEqual(4.5);
  for (const color of [colors.params, colors.macs]) expect(contrast(color, track), color).toBeGreaterThanOrEqual(3);
  expect(bufferLines).toHaveLength(buffers.length);
  for (const color of bufferLines) expect(contrast(color, band), color).toBeGreaterThanOrEqual(3);
});
