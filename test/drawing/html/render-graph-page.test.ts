import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { drawGraph } from "../../../src/drawing/draw-graph.ts";
import { renderGraphPage } from "../../../src/drawing/html/render-graph-page.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { hostile, hostileLevel } from "../hostile-level.ts";

const tiny = drawGraph(compileSpecFile("tiny.mnet").training);
const count = (text: string, part: string): number => text.split(part).length - 1;

test("repeated rows are details that unfold, without a script", async () => {
  const page = await renderGraphPage("Tiny", tiny, { unfold: false });
  expect(count(page, "<details")).toBe(2);
  expect(page).toContain('<summary data-repeats="bottleneck2"><span class="name">Repeats of bottleneck2</span>');
  expect(count(page, 'data-path="bottleneck2_2/add"')).toBe(1);
  expect(page).not.toContain('<details class="strip" open>');
  expect(count(await renderGraphPage("Tiny", tiny, { unfold: true }), '<details class="strip" open>')).toBe(2);
});

test("its policy allows its own style and nothing else", async () => {
  const page = await renderGraphPage("Tiny", tiny, { unfold: false });
  const [, style = ""] = /<style>([^<]*)<\/style>/.exec(page) ?? [];
  const hash = createHash("sha256").update(style).digest("base64");
  expect(page).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"`,
  );
  expect(page).not.toMatch(/<script|\son[a-z]+=|\sstyle=|https?:/);
});

test("escapes what users wrote", async () => {
  const page = await renderGraphPage(hostile, hostileLevel(), { unfold: false });
  expect(page).not.toContain("<script");
  expect(count(page, "<title>")).toBe(count(page, "</title>"));
});
