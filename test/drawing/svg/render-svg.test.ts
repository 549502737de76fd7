import sharp from "sharp";
import { expect, test } from "vitest";
import { drawGraph } from "../../../src/drawing/draw-graph.ts";
import { foldRows } from "../../../src/drawing/fold-rows.ts";
import { renderSvg } from "../../../src/drawing/svg/render-svg.ts";
import { compiled, network } from "../../support/compile-text.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { hostile, hostileLevel } from "../hostile-level.ts";

const whole = drawGraph(compileSpecFile("tiny.mnet").training);
const count = (text: string, part: string): number => text.split(part).length - 1;

test("shows layers, shapes, folds and arcs, and says them in words", () => {
  const unfolded = renderSvg("Tiny", whole);
  expect(count(unfolded, '<path class="residual"')).toBe(3);
  expect(count(unfolded, '<rect class="frame"')).toBe(6);
  expect(unfolded).toContain(">conv 3x3 8 stride=2 · batch norm · relu6</text>");
  expect(unfolded).toContain(">16x16x8</text>");
  expect(unfolded).toContain('role="img" aria-labelledby="title description"');
  expect(unfolded).toMatch(/<title id="title">Tiny: \d+ layers, 3 residuals<\/title>/);
  expect(unfolded).toMatch(
    /<desc id="description">From input to output: input image of 32x32x3; stem, conv 3x3 8 stride=2/,
  );
  const folded = renderSvg("Tiny", foldRows(whole));
  expect(folded).toContain(">bottleneck2 × 2</text>");
  expect(folded).toContain("1 with residual");
  expect(count(folded, "residual some")).toBe(2);
  expect(folded).toMatch(/<title id="title">Tiny: \d+ layers, 3 residuals<\/title>/);
});

test("follows the reader's colour scheme with text that can be read, and loads nothing", () => {
  const svg = renderSvg("Tiny", whole);
  expect(svg).toContain("@media(prefers-color-scheme:dark)");
  expect(svg).not.toMatch(/<script|url\(|href|@import|var\(/);
});

test("escapes what users wrote", async () => {
  const svg = renderSvg(hostile, hostileLevel());
  expect(svg).not.toContain("<script");
  expect(svg).toContain("&lt;script&gt;");
  // eslint-disable-next-line no-control-regex -- what must not be there
  expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  // An XML parser takes it.
  expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ format: "svg" });
});

test("a thousand layers and their blocks in under a second", () => {
  const rows = "    | 2 | 4 | 50 |\n".repeat(7);
  const { training } = compiled(network(`  bottleneck {\n    | t | c | n |\n${rows}  }`));
  const draw = (): number => {
    const start = performance.now();
    renderSvg("N", drawGraph(training));
    return performance.now() - start;
  };
  expect(training.nodes.length).toBeGreaterThan(1000);
  expect(Math.min(draw(), draw(), draw())).toBeLessThan(1000);
});
