import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { requestNodeDevice } from "../../src/gpu/node-device.ts";

test("the software adapter computes", async () => {
  const { device, name, isSoftware, close } = await requestNodeDevice();
  try {
    expect(isSoftware, name).toBe(true);
    const module = device.createShaderModule({
      code: `
        @group(0) @binding(0) var<storage, read_write> values: array<f32, 4>;
        @compute @workgroup_size(4)
        fn main(@builtin(global_invocation_id) id: vec3<u32>) { values[id.x] = f32(id.x) * 2.5; }
      `,
    });
    const pipeline = await device.createComputePipelineAsync({ layout: "auto", compute: { module } });
    // Numbers, because GPUBufferUsage is not global in Node: STORAGE | COPY_SRC, MAP_READ | COPY_DST.
    const buffer = device.createBuffer({ size: 16, usage: 0x80 | 0x4 });
    const staging = device.createBuffer({ size: 16, usage: 0x1 | 0x8 });
    const group = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [{ binding: 0, resource: { buffer } }],
    });
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(1);
    pass.end();
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, 16);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(0x1);
    expect([...new Float32Array(staging.getMappedRange())]).toEqual([0, 2.5, 5, 7.5]);
  } finally {
    close();
  }
});

test("the null backend validates WGSL with line and column", async () => {
  const { device, close } = await requestNodeDevice("null");
  try {
    device.pushErrorScope("validation");
    const module = device.createShaderModule({ code: "@compute @workgroup_size(1)\nfn main() { let x: f32 = 1u; }" });
    const { messages } = await module.getCompilationInfo();
    await device.popErrorScope();
    expect(messages.map(({ type, lineNum }) => [type, lineNum])).toEqual([["error", 2]]);
  } finally {
    close();
  }
});

test("a process outlives devices that are closed and collected, and ends after them", async () => {
  const program = join(import.meta.dirname, "close-devices.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", "--import", "tsx", program], {
    timeout: 120_000,
  });
  expect(stdout).toBe("closed\n");
});
