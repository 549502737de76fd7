import { expect, test } from "vitest";
import { drawGraph } from "../../src/drawing/draw-graph.ts";
import { foldRows } from "../../src/drawing/fold-rows.ts";
import { stripsOf } from "../../src/drawing/html/strips.ts";
import { compiled, network } from "../support/compile-text.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { allItems, levelText } from "./level-text.ts";

test("the repeats of a row are one item, a row of one stays as it is", () => {
  const text = network(
    "  bottleneck {\n    | t | c | n |\n    | 1 | 4 | 1 |\n    | 2 | 6 | 3 |\n    | 2 | 6 | 2 |\n  }\n  a: conv 1x1 4\n  branch add {\n    path { }\n    path from=a { }\n  }\n  output early = bottleneck2_2",
  );
  const level = drawGraph(compiled(text).training);
  const folded = foldRows(level);
  expect(levelText(folded).replace(/\n {2}[^\n]*/g, "")).toBe(
    [
      "input image <- ",
      "bottleneck1_1 (bottleneck) <- image 8x8x4",
      "bottleneck2 (3 x bottleneck) [early] <- bottleneck1_1 8x8x4",
      "bottleneck3 (2 x bottleneck) <- bottleneck2 8x8x6",
      "a: conv 1x1 4 <- bottleneck3 8x8x6",
      "branch1: add <- a 8x8x4",
      "output output <- branch1 8x8x4",
    ].join("\n"),
  );
  const fold = folded.items.find(({ kind }) => kind === "fold");
  expect(fold?.kind === "fold" && fold.instances.map(({ path }) => path)).toEqual([
    "bottleneck2_1",
    "bottleneck2_2",
    "bottleneck2_3",
  ]);
  expect(fold?.params).toBe(
    level.items.filter(({ path }) => path.startsWith("bottleneck2_")).reduce((sum, { params }) => sum + params, 0),
  );
});

test("blocks that only look like repeats are left alone", () => {
  const level = drawGraph(
    compiled(network("  a_2: bottleneck 1 4\n  a_3: bottleneck 1 4\n  a_1: se 2\n  b_1: bottleneck 1 4")).training,
  );
  expect(levelText(foldRows(level))).toBe(levelText(level));
});

test.each(["mobilenet_v2", "densenet", "kitchen_sink"])("%s: strips hold every item once, folded or not", (file) => {
  const level = drawGraph(compileSpecFile(`${file}.mnet`).training);
  const strips = stripsOf(level);
  const paths = (levels: readonly ReturnType<typeof foldRows>[]) => levels.flatMap(allItems).map(({ path }) => path);
  expect(paths(strips.map(({ folded, unfolded }) => unfolded ?? folded))).toEqual(paths([level]));
  expect(paths(strips.map(({ folded }) => folded))).toEqual(paths([foldRows(level)]));
  expect(strips.length).toBeGreaterThan(5);
  expect(strips.filter(({ unfolded }) => unfolded !== null).length).toBeGreaterThan(0);
});
