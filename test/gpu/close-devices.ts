/**
 * Opens and closes devices of both backends, and collects garbage after each of them: a program for a process of its own, since Dawn ends the
 * process that frees its instance too early. It needs `--expose-gc`.
 */
import { requestNodeDevice } from "../../src/gpu/node-device.ts";
import { elementsOf } from "../../src/ir/shape.ts";
import { randomHalfBuild } from "../targets/webgpu/random-build.ts";
import { loadEmitted } from "../support/gpu-load.ts";

for (let round = 0; round < 20; round++) {
  const nothing = await requestNodeDevice("null", ["shader-f16"]);
  const real = await requestNodeDevice();
  const { graph, files } = randomHalfBuild(round % 8);
  const model = await loadEmitted(nothing.device, files);
  await model.run(new Float32Array(elementsOf(graph.input.shape)));
  model.destroy();
  const another = await requestNodeDevice("null");
  another.close();
  nothing.close();
  real.close();
  if (globalThis.gc === undefined) throw new Error("Run this with --expose-gc.");
  globalThis.gc();
}
console.log("closed");
