import { expect, test } from "vitest";
import { requestNodeDevice } from "../../../src/gpu/node-device.ts";
import { inferenceGraph } from "../../../src/passes/pipeline.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../support/graph-builder.ts";
import { differences, emitChecked, randomImage } from "../../support/gpu-run.ts";

// The other tests rest on this: the comparison finds a kernel that computes something else, and names its layers.
test("a deliberately broken kernel is caught and named", async () => {
  const builder = graphBuilder("broken", [9, 9, 8]);
  const first = builder.act("first", builder.conv("first", builder.input, 8), "relu6");
  const second = builder.act("second", builder.depthwise("second", first), "relu6");
  const training = builder.shaped(builder.push("sum", { op: "add" }, [builder.conv("third", second, 8), first]));
  const graph = inferenceGraph(training, ({ message }) => {
    throw new Error(message);
  });
  const weights = randomWeights(training, 5);
  const image = randomImage(graph, 5);
  // One layer a dispatch, so that a fault has one name.
  const files = emitChecked(graph, weights, { fusion: "never" });
  const broken = (path: RegExp, from: string, to: string) =>
    files.map((file) => {
      if (!path.test(file.path) || typeof file.contents !== "string") return file;
      expect(file.contents).toContain(from);
      return { ...file, contents: file.contents.replaceAll(from, to) };
    });
  const { device, close } = await requestNodeDevice();
  try {
    expect(await differences(device, graph, weights, image, files)).toEqual([]);
    // The last column of the map reads the one before.
    const clamped = await differences(device, graph, weights, image, broken(/depthwise/, "IN_W - 1)", "IN_W - 2)"));
    expect(clamped[0]).toMatch(/^second: Element \d+ is/);
    const forgotten = await differences(
      device,
      graph,
      weights,
      image,
      broken(/_add/, "value += added0[at]", "value += 0.999 * added0[at]"),
    );
    expect(forgotten.map((line) => line.split(":")[0])).toEqual(["third + sum"]);
    const swapped = await differences(
      device,
      graph,
      weights,
      image,
      broken(/_relu6/, "vec4<f32>(6.0)", "vec4<f32>(2.0)"),
    );
    expect(swapped[0]).toMatch(/^first: /);
  } finally {
    close();
  }
});
