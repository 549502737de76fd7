import { describe, expect, it } from "vitest";
import { drawGraph } from "../../../src/drawing/draw-graph.ts";
import type { Item, Level } from "../../../src/drawing/drawing.ts";
import { foldRows } from "../../../src/drawing/fold-rows.ts";
import { arrangeLevel } from "../../../src/drawing/layout/arrange-level.ts";
import { cutLevel } from "../../../src/drawing/layout/cut-level.ts";
import type { Picture, Point } from "../../../src/drawing/layout/picture.ts";
import { compiled, network } from "../../support/compile-text.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { allItems } from "../level-text.ts";

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function rectangles({ boxes, frames }: Picture): ReadonlyMap<Item, Rectangle> {
  return new Map(
    [...boxes, ...frames].map(({ item, x, y, width, height }) => [
      item,
      { left: x - width / 2, right: x + width / 2, top: y, bottom: y + height },
    ]),
  );
}

const within = (inner: Rectangle, outer: Rectangle): boolean =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
/** Whether the point lies inside by more than rounding. */
const covers = ({ left, right, top, bottom }: Rectangle, { x, y }: Point): boolean =>
  x > left + 0.01 && x < right - 0.01 && y > top + 0.01 && y < bottom - 0.01;

function faults(level: Level, picture: Picture): readonly string[] {
  const found: string[] = [];
  const at = rectangles(picture);
  const check = ({ items }: Level, around: Rectangle | null): void => {
    for (const [i, item] of items.entries()) {
      const own = at.get(item);
      if (own === undefined) found.push(`${item.path} is nowhere`);
      else {
        if (around !== null && !within(own, around)) found.push(`${item.path} sticks out of its frame`);
        for (const other of items.slice(i + 1)) {
          const its = at.get(other);
          if (its !== undefined && overlap(own, its)) found.push(`${item.path} lies over ${other.path}`);
        }
      }
      if (item.kind === "block") check(item.level, own ?? null);
    }
  };
  check(level, { left: -picture.width / 2, right: picture.width / 2, top: 0, bottom: picture.height });
  const boxes = picture.boxes.map(({ item }) => ({
    item,
    ...(at.get(item) ?? { left: 0, right: 0, top: 0, bottom: 0 }),
  }));
  for (const { kind, points } of picture.edges) {
    for (const point of points) {
      const hit = boxes.find((box) => covers(box, point));
      if (hit !== undefined) found.push(`a ${kind} bends inside ${hit.item.path}`);
    }
    const last = points.at(-1);
    if (kind === "flow" && points.some(({ y }, i) => y < (points[i - 1]?.y ?? y))) found.push("a flow goes upwards");
    if (last === undefined || points.length < 2) found.push("an edge has no ends");
  }
  return found;
}

/** `units` bottlenecks of three layers each. */
function deep(units: number): Level {
  const text = network(`  bottleneck {\n    | t | c | n |\n${"    | 2 | 4 | 50 |\n".repeat(units / 50)}  }`);
  return drawGraph(compiled(text).training);
}

describe("arrangeLevel", () => {
  it.each(["tiny", "kitchen_sink", "densenet", "inception", "shufflenet_v2", "mobilenet_v3", "ghostnet", "resnet"])(
    "%s: nothing lies over anything, frames hold what is theirs, edges go around boxes",
    (file) => {
      const level = drawGraph(compileSpecFile(`${file}.mnet`).training);
      for (const shown of [level, foldRows(level)]) {
        const picture = arrangeLevel(shown);
        expect(faults(shown, picture)).toEqual([]);
        expect(picture.boxes.length + picture.frames.length).toBe(allItems(shown).length);
        expect(picture.width % 2).toBe(0);
      }
    },
  );

  it("notices what lies over something", () => {
    const level = drawGraph(compileSpecFile("tiny.mnet").training);
    const picture = arrangeLevel(level);
    const [first, second, ...others] = picture.boxes;
    if (first === undefined || second === undefined) throw new Error("no boxes");
    expect(faults(level, { ...picture, boxes: [first, { ...second, y: first.y }, ...others] })).not.toEqual([]);
    expect(faults(level, { ...picture, boxes: picture.boxes.slice(1) })).not.toEqual([]);
  });

  it("draws each residual as an arc to its sum, and labels each value once", () => {
    const picture = arrangeLevel(drawGraph(compileSpecFile("mobilenet_v2.mnet").training));
    const arcs = picture.edges.filter(({ kind }) => kind === "residual");
    expect(arcs.length).toBe(10);
    const sums = picture.boxes.filter(({ item }) => item.kind === "layer" && item.op === "add");
    for (const { points } of arcs) {
      const end = points.at(-1);
      expect(sums.some(({ x, y, width, height }) => end?.x === x + width / 2 && end.y === y + height / 2)).toBe(true);
    }
    const labels = picture.edges.flatMap(({ label }) => label ?? []);
    // The labels of all values but the network's outputs; a value that leaves a frame is labelled outside of it.
    expect(labels.length).toBe(picture.boxes.length - 1);
  });

  it("long skips pass beside what they skip", () => {
    const body = Array.from({ length: 12 }, (_unused, i) => `  l${i}: conv 3x3 4`).join("\n");
    const skips = [9, 6, 3, 0]
      .map((i) => `  branch add {\n    path { }\n    path from=l${i} { }\n  }\n  conv 3x3 4`)
      .join("\n");
    const level = drawGraph(compiled(network(`${body}\n${skips}`)).training);
    expect(faults(level, arrangeLevel(level))).toEqual([]);
  });

  it("cuts the levels of deep networks into pieces of one item, which need no layout", () => {
    for (const level of [deep(500), drawGraph(compileSpecFile("mobilenet_v2.mnet").training)]) {
      const levels = [level, ...allItems(level).flatMap((item) => (item.kind === "block" ? [item.level] : []))];
      expect(levels.flatMap(cutLevel).every((piece) => piece.length === 1)).toBe(true);
    }
  });
});
