import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { timing } from "../src/bench/timing.ts";
import { compile } from "../src/compile.ts";
import { requestNodeDevice } from "../src/gpu/node-device.ts";
import { emitWebgpu } from "../src/targets/webgpu/emit.ts";
import { planSchema } from "../src/targets/webgpu/files/plan-schema.ts";
import { loadModel } from "../src/targets/webgpu/runtime/model.js";
import { createSource } from "../src/text/source.ts";
import { initializeWeights } from "../src/weights/initialize.ts";

/**
 * `npm run bench:host` measures what a run of MobileNetV2 1.0 224 costs the processor: input write, encoding, submit and read-back, on Dawn's
 * null backend, which computes nothing.
 */
const spec = "specs/mobilenet_v2.mnet";
const WARM_UP_RUNS = 200;
const RUNS = 1001;
/** The bound of the median, in milliseconds. */
const AT_MOST = 0.2;

const load = loadavg()[0] ?? 0;
const source = createSource(spec, readFileSync(new URL(`../${spec}`, import.meta.url), "utf8"));
const { value } = compile(source, { network: null, set: new Map(), read: () => null });
if (value === null) throw new Error(`${spec} does not compile`);
const { files } = emitWebgpu(value.inference, initializeWeights(value.training, 0));
const contents = new Map(files.map(({ path, contents }) => [path, contents]));
const read = (path: string): Uint8Array => {
  const found = contents.get(path) ?? "";
  return typeof found === "string" ? new TextEncoder().encode(found) : found;
};
const { dispatches } = planSchema.parse(JSON.parse(new TextDecoder().decode(read("plan.json"))));
const { device, close } = await requestNodeDevice("null");
const model = await loadModel(device, { read });
const image = new Float32Array(224 * 224 * 3);
const milliseconds: number[] = [];
for (let run = 0; run < WARM_UP_RUNS + RUNS; run++) {
  const start = performance.now();
  await model.run(image);
  if (run >= WARM_UP_RUNS) milliseconds.push(performance.now() - start);
}
model.destroy();
close();
const { median, fastest, runs } = timing(milliseconds);
process.stdout.write(
  [
    `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, load ${load.toFixed(1)} at the start`,
    "",
    `One run of MobileNetV2, ${dispatches.length} dispatches: ${median.toFixed(3)} ms, fastest ${fastest.toFixed(3)} ms of ${runs}.`,
    `At most ${AT_MOST} ms: ${median <= AT_MOST ? "holds" : "MISSED"}.`,
    "",
  ].join("\n"),
);
