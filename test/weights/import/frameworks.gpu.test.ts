import { afterAll, beforeAll, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../src/gpu/node-device.ts";
import { compareTensors } from "../../../src/reference/compare.ts";
import { loadEmitted } from "../../support/gpu-load.ts";
import { emitChecked } from "../../support/gpu-run.ts";
import { image } from "./fixtures.ts";
import { frameworkNetworks, importNetwork } from "./framework-networks.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

test.each(frameworkNetworks.map((network) => [network.file, network] as const))(
  "%s: WebGPU computes what the framework computed",
  async (_file, network) => {
    const { compiled, weights, wanted } = await importNetwork(network);
    const { inference } = compiled;
    const [size = 0, , channels = 0] = inference.input.shape;
    const model = await loadEmitted(node.device, emitChecked(inference, weights));
    try {
      const { output } = await model.run(Float32Array.from(image(size, channels)));
      expect(compareTensors(wanted, output ?? [], { relative: 1e-4 }).reason).toBeNull();
    } finally {
      model.destroy();
    }
  },
);
