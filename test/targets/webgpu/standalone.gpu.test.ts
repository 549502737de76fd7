import { execFile } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { loadEmitted } from "../../support/gpu-load.ts";
import { requestNodeDevice } from "../../../src/gpu/node-device.ts";
import { differences } from "../../support/gpu-run.ts";
import { buildFolder, installWebgpu } from "../../support/gpu-folder.ts";
import { sampleBuild } from "../../support/gpu-sample.ts";

/** The script that a user of the folder and of npm's `webgpu` would write. */
const script = `
  import { readFileSync } from "node:fs";
  import { create } from "webgpu";
  import { loadModel } from "./model.js";

  const gpu = create([]);
  const adapter = await gpu.requestAdapter();
  const device = await adapter.requestDevice();
  const model = await loadModel(device);
  const { output } = await model.run(new Float32Array(readFileSync("image.f32").buffer));
  console.log(JSON.stringify([...output]));
  model.destroy();
  device.destroy();
`;

test("the folder, copied to an empty directory, runs with webgpu from npm and nothing else", async () => {
  const { graph, weights, files, image } = sampleBuild();
  const { device, close } = await requestNodeDevice();
  const { folder, remove } = await buildFolder(files);
  try {
    expect(await differences(device, graph, weights, image, files)).toEqual([]);
    const model = await loadEmitted(device, files);
    const { output } = await model.run(image);
    model.destroy();
    expect((await readdir(folder)).toSorted()).toEqual([
      "kernels",
      "model.d.ts",
      "model.js",
      "plan.json",
      "weights.bin",
    ]);
    await installWebgpu(folder);
    await writeFile(join(folder, "main.mjs"), script);
    await writeFile(join(folder, "image.f32"), new Uint8Array(image.buffer));
    const { stdout } = await promisify(execFile)(process.execPath, ["main.mjs"], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual([...(output ?? [])]);
  } finally {
    close();
    await remove();
  }
});
