import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { planSchema } from "../../../src/targets/webgpu/files/plan-schema.ts";
import { specHost } from "../run/spec-host.ts";

const everything = { webgpu: true, tfjs: true, device: "software" } as const;
const digits = specHost(readFileSync("specs/digits.mnet", "utf8"));

test("a build holds what model.js and loadGraphModel read, and where each dispatch was written", async () => {
  const build = await digits.build(everything);
  const plan = planSchema.parse(JSON.parse(new TextDecoder().decode(build.webgpu.get("plan.json"))));
  expect(build.webgpu.get("weights.bin")).toHaveLength(plan.weights.size);
  for (const { file } of plan.kernels) expect(build.webgpu.has(file)).toBe(true);
  expect([...build.graphModel.keys()]).toEqual(["model.json", "group1-shard1of1.bin"]);
  expect(build).toMatchObject({
    network: "Digits",
    input: { h: 28, w: 28, c: 1 },
    normalization: { mean: [0], std: [255] },
    weights: "digits",
  });
  expect(build.labels).toHaveLength(10);
  for (const { layers } of plan.dispatches) {
    for (const layer of layers) expect(build.lines.has(layer), layer).toBe(true);
  }
});

test("layers inside library blocks belong to the row that used the block", async () => {
  const { lines, webgpu, graphModel } = await digits.build({ ...everything, webgpu: false, tfjs: false });
  expect(webgpu.size + graphModel.size).toBe(0);
  expect(lines.get("stem")).toEqual({ line: 8, text: "stem: conv 3x3 16 stride=2" });
  expect(lines.get("bottleneck2_2/expand")).toEqual({ line: 12, text: "| 4 | 24 | 2 | 2 |" });
  expect(lines.get("bottleneck2_1/project")).toEqual(lines.get("bottleneck2_2/expand"));
  expect(lines.get("last")?.line).toBe(15);
});

test("own blocks, joins and residuals belong to the network's own lines", async () => {
  const host = specHost(`block unit(filters) {
  conv 3x3 filters act=relu
}
network Net {
  input image [8, 8, 3]
  unit 4
  both: branch concat {
    path { conv 1x1 4 }
    path { unit 4 }
  }
  conv 1x1 2
}
`);
  const { lines } = await host.build({ webgpu: false, tfjs: false, device: "generic" });
  const byLine = [...lines.values()].map(({ line }) => line);
  expect(Math.min(...byLine)).toBeGreaterThanOrEqual(5);
  expect(lines.get("both")?.line).toBe(7);
  expect(byLine).toContain(6);
  expect(byLine).toContain(9);
});

test("a network that devices refuse has their reason", async () => {
  const host = specHost(`network Wide {
  input image [4096, 4096, 3]
  conv 1x1 4
}
`);
  await expect(host.build(everything)).rejects.toThrow(/needs \d+ bytes .* webgpu-core grants 134217728/);
});
