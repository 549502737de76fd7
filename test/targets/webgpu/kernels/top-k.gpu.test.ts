import { afterAll, beforeAll, expect, test } from "vitest";
import { topClasses } from "../../../../src/reference/top-classes.ts";
import { requestNodeDevice, type NodeDevice } from "../../../../src/gpu/node-device.ts";
import { randomSource } from "../../../../src/weights/random.ts";
import { graphBuilder } from "../../../support/graph-builder.ts";
import { loadEmitted } from "../../../support/gpu-load.ts";
import { emitChecked } from "../../../support/gpu-run.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

/** A network of `count` values that hands them on. */
function identity(count: number, labels: readonly string[] | null = null) {
  const builder = graphBuilder("identity", [1, 1, count]);
  const graph = builder.shaped(builder.push("flat", { op: "flatten" }, [builder.input]));
  return loadEmitted(node.device, emitChecked({ ...graph, labels }, new Map()));
}

test.each([1, 3, 64, 1000, 5000])("of %i values", async (count) => {
  const model = await identity(count);
  const random = randomSource(count, "top");
  // Few different values, so that there are ties, and a NaN, which compares with nothing.
  const values = Float32Array.from({ length: count }, (_unused, i) =>
    i % 7 === 5 ? NaN : Math.round(random.normal() * 20),
  );
  values[count >> 1] = -Infinity;
  for (const k of new Set([1, Math.min(count, 5), Math.min(count, 150)])) {
    expect(await model.runTopK(values, k)).toEqual(topClasses(values, null, k));
  }
  model.destroy();
});

test("labels, defaults, and too few numbers", async () => {
  const model = await identity(8, ["a", "b", "c"]);
  expect(await model.runTopK(Float32Array.of(0, 3, 2, 1, -1, -2, -3, Infinity))).toEqual([
    { index: 7, value: Infinity, label: null },
    { index: 1, value: 3, label: "b" },
    { index: 2, value: 2, label: "c" },
    { index: 3, value: 1, label: null },
    { index: 0, value: 0, label: "a" },
  ]);
  expect(await model.runTopK(Float32Array.of(NaN, NaN, NaN, 4, NaN, NaN, NaN, NaN), 3)).toEqual([
    { index: 3, value: 4, label: null },
  ]);
  for (const k of [0, 9, 1.5, NaN]) {
    await expect(model.runTopK(new Float32Array(8), k)).rejects.toThrow(
      `k is a whole number from 1 to 8, and this is ${k}.`,
    );
  }
  await expect(model.runTopK(new Float32Array(7))).rejects.toThrow("a Float32Array of 8 values");
  model.destroy();
  const map = await identity(2 ** 15 + 1);
  await expect(map.runTopK(new Float32Array(2 ** 15 + 1))).rejects.toThrow(/or gives too many values to rank\.$/);
  map.destroy();
});
