import { afterAll, beforeAll, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../../src/gpu/node-device.ts";
import { inferenceGraph, trainingGraph } from "../../../../src/passes/pipeline.ts";
import { compareTensors } from "../../../../src/reference/compare.ts";
import type { Pixels } from "../../../../src/targets/webgpu/runtime/model.js";
import { graphBuilder } from "../../../support/graph-builder.ts";
import { loadEmitted } from "../../../support/gpu-load.ts";
import { emitChecked } from "../../../support/gpu-run.ts";
import { photo } from "../../../support/photo.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

const mean = [120, 110, 100, 0];
const std = [60, 55, 50, 255];

/** A network that only hands its input on. */
async function identity(channels: number, normalized: boolean) {
  const builder = graphBuilder("identity", [12, 16, channels]);
  const lowered = builder.lowered(builder.push("flat", { op: "flatten" }, [builder.input]));
  const normalization = normalized ? { mean: mean.slice(0, channels), std: std.slice(0, channels) } : null;
  const refuse = ({ message }: { readonly message: string }) => {
    throw new Error(message);
  };
  const training = trainingGraph({ ...lowered, input: { ...lowered.input, normalization } }, refuse);
  return loadEmitted(node.device, emitChecked(inferenceGraph(training, refuse), new Map()));
}

/** The weights of one axis' pixels for each of `count` places: a triangle around each, cut off at the edges. */
function triangle(pixels: number, count: number, scale: number): readonly (readonly number[])[] {
  const start = (pixels - scale * count) / 2;
  return Array.from({ length: count }, (_unused, place) => {
    const centre = start + scale * (place + 0.5);
    const weights = Array.from({ length: pixels }, (_other, pixel) =>
      Math.max(0, 1 - Math.abs(pixel + 0.5 - centre) / Math.max(1, scale)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
}

function expected({ width, height, data }: Pixels, channels: number, normalized: boolean): readonly number[] {
  const scale = Math.min(width / 16, height / 12);
  const across = triangle(width, 16, scale);
  const down = triangle(height, 12, scale);
  const values: number[] = [];
  for (const row of down) {
    for (const column of across) {
      const pixel = [0, 0, 0, 0];
      row.forEach((wy, y) => {
        column.forEach((wx, x) => {
          for (let c = 0; c < 4; c++) pixel[c]! += wy * wx * (data[4 * (y * width + x) + c] ?? 0);
        });
      });
      const [red = 0, green = 0, blue = 0] = pixel;
      const wanted = channels === 1 ? [0.299 * red + 0.587 * green + 0.114 * blue] : pixel.slice(0, channels);
      values.push(...wanted.map((value, c) => (normalized ? (value - mean[c]!) / std[c]! : value)));
    }
  }
  return values;
}

test.each([
  ["its own size", 16, 12],
  ["smaller, and square", 7, 7],
  ["larger and wide", 75, 31],
  ["larger and tall", 20, 93],
  ["one row", 40, 1],
])("an image of %s", async (_name, width, height) => {
  for (const channels of [1, 3, 4]) {
    const model = await identity(channels, channels !== 4);
    const image = photo(width, height);
    const { output = [] } = await model.runImage(image);
    const { reason } = compareTensors(expected(image, channels, channels !== 4), output, { relative: 1e-5 });
    expect(reason).toBeNull();
    model.destroy();
  }
});

test("images of several sizes in turn, at once", async () => {
  const model = await identity(3, true);
  const images = [photo(16, 12), photo(40, 40), photo(40, 40), photo(5, 9), photo(16, 12)];
  const outputs = await Promise.all(images.map((image) => model.runImage(image)));
  images.forEach((image, index) => {
    const { reason } = compareTensors(expected(image, 3, true), outputs[index]?.["output"] ?? [], { relative: 1e-5 });
    expect(reason).toBeNull();
  });
  const top = await model.runTopK(images[1]!, 1);
  const found = outputs[1]?.["output"] ?? new Float32Array();
  expect(top).toEqual([{ index: found.indexOf(Math.max(...found)), value: Math.max(...found), label: null }]);
  model.destroy();
});

test("what is no image is refused, and the model goes on", async () => {
  const model = await identity(3, true);
  await expect(model.runImage({ width: 0, height: 3, data: new Uint8Array() })).rejects.toThrow(
    "An image is wanted, and this is Object.",
  );
  await expect(model.runImage(null as never)).rejects.toThrow("An image is wanted, and this is null.");
  await expect(model.runImage({ width: 100_000, height: 2, data: new Uint8Array(800_000) })).rejects.toThrow(
    /^The device refuses the run: /,
  );
  expect((await model.runImage(photo(3, 3)))["output"]).toHaveLength(16 * 12 * 3);
  model.destroy();
  const five = await identity(5, false);
  await expect(five.runImage(photo(3, 3))).rejects.toThrow(/^This network reads no images, /);
  five.destroy();
});
