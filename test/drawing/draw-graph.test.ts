import { expect, test } from "vitest";
import { drawGraph } from "../../src/drawing/draw-graph.ts";
import { summarize } from "../../src/analysis/summary.ts";
import { compiled, network } from "../support/compile-text.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { allItems, levelText } from "./level-text.ts";

function drawn(text: string): string {
  return levelText(drawGraph(compiled(text).training));
}

test("layers are what was written, with their norm and activation", () => {
  expect(
    drawn(network("  a: conv 3x3 8 stride=2 norm=batch act=relu6\n  pool avg\n  flatten\n  dense 3 act=softmax")),
  ).toBe(
    [
      "input image <- ",
      "a: conv 3x3 8 stride=2, batch norm, relu6 <- image 8x8x4",
      "pool1: pool avg global <- a 4x4x8",
      "flatten1: flatten <- pool1 1x1x8",
      "dense1: dense 3, softmax <- flatten1 8",
      "output output <- dense1 3",
    ].join("\n"),
  );
});

test("a block's residual is an edge of its own inside, and none outside", () => {
  expect(drawn(network("  a: bottleneck 2 4"))).toBe(
    [
      "input image <- ",
      "a (bottleneck) <- image 8x8x4",
      "  expand: conv 1x1 8 <- in 8x8x4",
      "  depthwise: depthwise 3x3 <- expand 8x8x8",
      "  project: conv 1x1 4 <- depthwise 8x8x8",
      "  add: add <- project 8x8x4, in 8x8x4 residual",
      "  out <- add",
      "output output <- a 8x8x4",
    ].join("\n"),
  );
});

test("paths that start at an earlier value, nested blocks and declared outputs", () => {
  const text = network(
    "  a: conv 1x1 4\n  b: outer\n  branch add {\n    path { }\n    path from=a { c: conv 3x3 4 }\n  }\n  output early = b/se1",
  );
  expect(drawn(`block outer() {\n  se 2\n}\n${text}`)).toBe(
    [
      "input image <- ",
      "a: conv 1x1 4 <- image 8x8x4",
      "b (outer) [early] <- a 8x8x4",
      "  se1 (se) [early] <- in 8x8x4",
      "    pool1: pool avg global <- in 8x8x4",
      "    reduce: conv 1x1 2, relu <- pool1 1x1x4",
      "    expand: conv 1x1 4, sigmoid <- reduce 1x1x2",
      "    branch1: mul [early] <- in 8x8x4, expand 1x1x4",
      "    out <- branch1",
      "  out <- se1",
      "c: conv 3x3 4 <- a 8x8x4",
      "branch1: add <- b 8x8x4, c 8x8x4",
      "output output <- branch1 8x8x4",
    ].join("\n"),
  );
});

test.each(["mobilenet_v2", "kitchen_sink", "densenet", "inception", "shufflenet_v2"])(
  "%s: every layer once, nothing hangs loose, and the counts are the summary's",
  (file) => {
    const { training } = compileSpecFile(`${file}.mnet`);
    const level = drawGraph(training);
    const summary = summarize(training);
    const layers = allItems(level).filter(({ kind }) => kind === "layer");
    expect(layers.map(({ path }) => path)).toEqual(summary.layers.map(({ path }) => path));
    expect(layers.reduce((sum, { macs }) => sum + macs, 0)).toBe(summary.macs);
    expect(layers.reduce((sum, { params }) => sum + params, 0)).toBe(summary.params.trainable);
    for (const inner of [level, ...allItems(level).flatMap((item) => (item.kind === "block" ? [item.level] : []))]) {
      const places = inner.items.map((_item, i) => i + 1);
      const first = inner === level ? 1 : 0;
      expect(places.filter((place) => place > first && !inner.edges.some(({ to }) => to === place))).toEqual([]);
      // What is an output may have no reader.
      const ends = (place: number): boolean => inner.items[place - 1]?.outputs.length !== 0;
      expect(
        places.filter(
          (place) => place < places.length && !inner.edges.some(({ from }) => from === place) && !ends(place),
        ),
      ).toEqual([]);
      expect(inner.edges.every(({ from, to }) => from < to)).toBe(true);
    }
  },
);
