import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importWeights } from "../../../src/weights/import/import-weights.ts";
import { readCheckpoint } from "../../../src/weights/import/read-checkpoint.ts";
import { readHdf5 } from "../../../src/formats/read-hdf5.ts";
import { compiled } from "../../support/compile-text.ts";
import {
  accepted,
  checkpointFolder,
  compileFixture,
  fixtureBytes,
  fixtureOutput,
  imported,
  outputFault,
  root,
} from "./fixtures.ts";
import { legacyFile, numberedFile, put } from "../../formats/hdf5-files.ts";

const read = async (bytes: Uint8Array) => accepted(await readCheckpoint(bytes, { readBeside: () => null, readHdf5 }));
const residual = compileFixture(`${checkpointFolder}/keras-residual.mnet`);

describe("two paths of one shape", () => {
  it("are told apart by a .keras archive, which has the structure", async () => {
    const { table } = importWeights(residual.training, await read(fixtureBytes("keras-residual.keras")), new Map());
    expect(new Set(table.map(({ reason }) => reason))).toEqual(new Set(["structure"]));
    expect(table.find(({ name }) => name === "one/sum/side/project/kernel")?.from).toBe("conv2_block1_0_conv/kernel");
  });

  it("are refused where the file holds weights alone, and taken with a map", async () => {
    const checkpoint = await read(fixtureBytes("keras-residual.weights.h5"));
    const { value: weights, diagnostics } = importWeights(residual.training, checkpoint, new Map());
    expect(weights).toBeNull();
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'weights/ambiguous The network has 3 layers with kernel 1x1x8x16 ("one/sum/main/expand", "one/sum/side/project", "two/sum/main/expand"), and the checkpoint 3 ("conv2_block1_0_conv", "conv2_block1_3_conv", "conv3_block1_3_conv"); neither structure nor names tell which is which.',
      expect.stringContaining("weights/ambiguous The network has 4 layers with beta 16, gamma 16") as string,
    ]);
    const map = {
      "one/sum/side/project/kernel": "conv2_block1_0_conv/kernel",
      "one/sum/side/project/norm/gamma": "conv2_block1_0_bn/gamma",
      "two/sum/side/project/norm/gamma": "conv3_block1_0_bn/gamma",
    };
    const mapped = imported(residual, checkpoint, map);
    expect(outputFault(residual, mapped, fixtureOutput("keras-residual.json"))).toBeNull();
  });
});

describe("a network that differs from the model", () => {
  const model = fixtureBytes("keras-mobilenet-v2.keras");
  const spec = readFileSync(join(root, checkpointFolder, "keras-mobilenet-v2.mnet"), "utf8");
  const findings = async (text: string) => {
    const { value: weights, diagnostics } = importWeights(compiled(text).training, await read(model), new Map());
    return [weights !== null, ...diagnostics.map(({ severity, code, message }) => `${severity} ${code} ${message}`)];
  };

  it("in nothing is silent", async () => {
    expect(await findings(spec)).toEqual([true]);
  });

  it("in a norm's epsilon is told so, at each norm", async () => {
    const found = await findings(spec.replaceAll("eps=1e-3", "eps=1e-5"));
    expect(found.slice(0, 2)).toEqual([
      true,
      `warning weights/epsilon Norm "stem/norm" adds 0.00001 to the variance, and the checkpoint's "bn_Conv1" adds 0.001.`,
    ]);
  });

  it("in a residual is told so, though all weights fit", async () => {
    expect(await findings(spec.replace("bottleneck {", "bottleneck residual=never {"))).toEqual([
      true,
      `warning weights/wiring The input of layer "bottleneck2_1/expand" is the output of "bottleneck1_1/project/norm", but in the checkpoint the input of "block_1_expand" is the output of "bn_Conv1" + "expanded_conv_project_BN".`,
    ]);
  });

  it("in its kernels is refused with both sides and the row", async () => {
    expect(await findings(spec.replace("classifier 5", "classifier 6"))).toEqual([
      false,
      'error weights/misfit The network has 1 layer with kernel 1x1x8x6, bias 6 ("head/dense"), and the checkpoint has none.',
    ]);
  });
});

describe("names that Keras gives", () => {
  const layer = { "kernel:0": { shape: [1, 1, 4, 2] }, "bias:0": { shape: [2] } };

  it("in lists cut into parts, for an attribute holds 64 KiB", async () => {
    const bytes = await legacyFile(
      { a: layer },
      {
        change(file) {
          file.delete_attribute("layer_names");
          file.create_attribute("layer_names0", ["a"]);
          file.create_attribute("layer_names1", ["b"]);
          const group = file.create_group("b");
          group.create_attribute("weight_names", ["kernel:0"]);
          put(group, "kernel:0", { shape: [2, 5] });
        },
      },
    );
    expect((await read(bytes)).layers.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("to the layers of a model inside the model", async () => {
    const inner = Object.entries(layer).flatMap(([name, numbers]) => [
      [`first/${name}`, numbers] as const,
      [`second/${name}`, numbers] as const,
    ]);
    const bytes = await legacyFile({ features: Object.fromEntries(inner), head: layer });
    expect((await read(bytes)).layers.map(({ name }) => name)).toEqual(["first", "second", "head"]);
  });

  it("to numbered layers, in the order of their numbers, which is not the alphabet's", async () => {
    const names = Array.from({ length: 12 }, (_unused, i) => (i === 0 ? "dense" : `dense_${i}`));
    const bytes = await numberedFile(Object.fromEntries(names.map((name) => [name, [{ shape: [4, 4] }]])));
    const checkpoint = await read(bytes);
    expect(checkpoint.layers.map(({ name }) => name)).toEqual(names.map((name) => `layers/${name}`));
    expect(checkpoint.ordered(checkpoint.layers)).toBe(true);
  });

  it("to layers of two classes, between which the numbers say nothing", async () => {
    const bytes = await numberedFile({ conv2d: [{ shape: [1, 1, 4, 4] }], dense: [{ shape: [4, 4] }] });
    const checkpoint = await read(bytes);
    expect(checkpoint.ordered(checkpoint.layers)).toBe(false);
  });
});
