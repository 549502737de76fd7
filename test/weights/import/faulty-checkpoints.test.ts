import { describe, expect, it } from "vitest";
import { layersModelFiles } from "../../../src/targets/tfjs/models/layers-model.ts";
import type { FileResult } from "../../../src/formats/file-problem.ts";
import type { Checkpoint } from "../../../src/weights/import/checkpoint.ts";
import { importCheckpoint } from "../../../src/weights/import/import-checkpoint.ts";
import { readSafetensorsCheckpoint } from "../../../src/weights/import/read-safetensors-checkpoint.ts";
import { readTfjs } from "../../../src/weights/import/read-tfjs.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { compiled, network } from "../../support/compile-text.ts";
import { entry, file } from "../../formats/safetensors-files.ts";
import { encode } from "./tfjs-files.ts";

/** Files that are sound in themselves and hold the wrong thing: importing finds and names what reading lets through. */
const sound = compiled(
  network(
    `  stem: conv 3x3 4 norm=batch(eps=1e-3) act=relu
  dw: depthwise 3x3 norm=batch(eps=1e-3)
  pool avg
  flatten
  head: dense 5`,
    "input image [8, 8, 3]",
  ),
);

/** A tensor of a file that is being made: its bytes are those of float32 numbers unless a fault changes them. */
interface Tensor {
  name: string;
  shape: number[];
  bytes: Uint8Array;
  quantization?: object;
  crc32?: string;
}
type Tensors = Map<string, Tensor>;

const floats = (data: ArrayLike<number>) => new Uint8Array(Float32Array.from(data).buffer);
const at = (tensors: Tensors, name: string) => tensors.get(name) ?? expect.fail(`no tensor ${name}`);
const poke = (name: string, index: number, value: number) => (tensors: Tensors) => {
  new DataView(at(tensors, name).bytes.buffer).setFloat32(index * 4, value, true);
};
const swapNames = (a: string, b: string) => (tensors: Tensors) => {
  [at(tensors, a).name, at(tensors, b).name] = [b, a];
};
const reshape = (name: string, shape: number[]) => (tensors: Tensors) => {
  at(tensors, name).shape = shape;
};
const rename = (name: string, wanted: string) => (tensors: Tensors) => {
  at(tensors, name).name = wanted;
};
const flipBit = (name: string, byte: number, bit: number) => (tensors: Tensors) => {
  at(tensors, name).bytes[byte]! ^= 1 << bit;
};
/** 0.25 to 2^126. */
const flipExponent = (name: string) => (tensors: Tensors) => {
  poke(name, 0, 0.25)(tensors);
  flipBit(name, 3, 6)(tensors);
};
const otherByteOrder = (tensors: Tensors) => {
  for (const { bytes } of tensors.values()) bytes.set(bytes.map((_byte, i) => bytes[i - (i % 4) + 3 - (i % 4)]!));
};
const numbers = (count: number) => floats(Array.from({ length: count }, (_unused, i) => i / count));

type Fault = readonly [what: string, change: (tensors: Tensors) => unknown, code: string, message: string];

function findings(result: FileResult<Checkpoint>): readonly string[] {
  if (!result.ok) return [`${result.problem.code} ${result.problem.message}`];
  const { value: weights, diagnostics } = importCheckpoint(sound.training, result.value, new Map());
  if (weights !== null) throw new Error("imported");
  return diagnostics.map(({ code, message }) => `${code} ${message}`);
}

describe("a tf.js layers model", () => {
  const files = new Map(
    layersModelFiles(sound.training, randomWeights(sound.training, 1)).map(({ path, contents }) => [path, contents]),
  );
  const model = JSON.parse(String(files.get("layers/model.json"))) as {
    weightsManifest: [{ weights: { name: string; shape: number[]; crc32: string }[] }];
  };
  const shard = files.get("layers/group1-shard1of1.bin") as Uint8Array;

  function read(change: Fault[1]): FileResult<Checkpoint> {
    let offset = 0;
    const tensors: Tensors = new Map(
      model.weightsManifest[0].weights.map(({ name, shape }) => {
        const begin = offset;
        offset += 4 * shape.reduce((a, b) => a * b, 1);
        return [name, { name, shape, bytes: shard.slice(begin, offset) }];
      }),
    );
    change(tensors);
    const weights = [...tensors.values()].map((tensor) => ({ ...tensor, dtype: "float32", bytes: undefined }));
    const bytes = Uint8Array.from(Buffer.concat([...tensors.values()].map((tensor) => tensor.bytes)));
    return readTfjs(encode({ ...model, weightsManifest: [{ paths: ["a.bin"], weights }] }), () => bytes);
  }

  const faults: readonly Fault[] = [
    [
      "mean and variance in each other's place",
      swapNames("stem/norm/moving_mean", "stem/norm/moving_variance"),
      "negative-variance",
      'Variance "stem/norm/variance": expected numbers from 0, found ',
    ],
    [
      "gamma and kernel in each other's place",
      swapNames("stem/norm/gamma", "stem/kernel"),
      "misfit",
      'with kernel 3x3x3x4 ("stem"), and the checkpoint has none',
    ],
    [
      "beta and a vector of another length in each other's place",
      swapNames("stem/norm/beta", "head/bias"),
      "misfit",
      "and the checkpoint has none",
    ],
    [
      "a kernel in PyTorch's order",
      reshape("stem/kernel", [4, 3, 3, 3]),
      "misfit",
      'with kernel 3x3x3x4 ("stem"), and the checkpoint has none',
    ],
    [
      "a dense kernel turned",
      reshape("head/kernel", [5, 4]),
      "misfit",
      'with kernel 1x1x4x5, bias 5 ("head"), and the checkpoint has none',
    ],
    [
      "a norm without gamma",
      (tensors) => tensors.delete("dw/norm/gamma"),
      "misfit",
      "beta 4, gamma 4, mean 4, variance 4",
    ],
    [
      "a norm without variance",
      (tensors) => tensors.delete("dw/norm/moving_variance"),
      "misfit",
      "beta 4, gamma 4, mean 4, variance 4",
    ],
    [
      "no head",
      (tensors) => (tensors.delete("head/kernel"), tensors.delete("head/bias")),
      "file-structure",
      'Expected weights of its layer "head", a Dense, found none.',
    ],
    [
      "a kernel under the name of no layer",
      rename("head/kernel", "kernel"),
      "misfit",
      '("head"), and the checkpoint has none',
    ],
    [
      "a kernel of __proto__",
      rename("head/kernel", "__proto__/kernel"),
      "misfit",
      '("head"), and the checkpoint has none',
    ],
    [
      "a weight by two names that come to one",
      (tensors) => (at(tensors, "stem/norm/beta").name = "stem/norm/gamma:0"),
      "misfit",
      "beta 4, gamma 4, mean 4, variance 4",
    ],
    [
      "a variance below zero in the last place",
      poke("dw/norm/moving_variance", 3, -1e-3),
      "negative-variance",
      'Variance "dw/norm/variance": expected numbers from 0, found 1 of 4 below: the first is -0.001',
    ],
    [
      "NaN",
      poke("head/bias", 4, NaN),
      "not-finite",
      'Tensor "head/bias": expected finite float32 numbers, found NaN at index 4',
    ],
    [
      "an exponent with a flipped bit",
      flipExponent("head/kernel"),
      "too-large",
      'Weight "head/kernel": expected numbers up to 2^64, found 1 of 20 beyond',
    ],
    [
      "the lowest bit flipped since its checksum was taken",
      (tensors) => {
        at(tensors, "stem/kernel").crc32 = model.weightsManifest[0].weights[0]!.crc32;
        flipBit("stem/kernel", 0, 0)(tensors);
      },
      "file-checksum",
      'Tensor "stem/kernel": expected the bytes that were written, of CRC-32',
    ],
    [
      "the other byte order",
      otherByteOrder,
      "too-large",
      'Weight "stem/kernel": expected numbers up to 2^64, found 27 of 108',
    ],
    [
      "a quantisation that reaches below zero for a variance",
      (tensors) => {
        const tensor = at(tensors, "stem/norm/moving_variance");
        tensor.quantization = { dtype: "uint8", scale: 0.01, min: -0.5 };
        tensor.bytes = Uint8Array.of(0, 100, 200, 255);
      },
      "negative-variance",
      'Variance "stem/norm/variance": expected numbers from 0, found 1 of 4 below: the first is -0.5',
    ],
  ];

  it.each(faults)("with %s", (_what, change, code, message) => {
    const found = findings(read(change)).filter((text) => text.startsWith(`weights/${code} `));
    expect(found.join("\n")).toContain(message);
  });

  it("is sound without", () => {
    const result = read(() => undefined);
    expect(result.ok && importCheckpoint(sound.training, result.value, new Map()).diagnostics).toEqual([]);
  });
});

describe("a PyTorch state dict", () => {
  const shapes: Readonly<Record<string, readonly number[]>> = {
    "conv1.weight": [4, 3, 3, 3],
    ...Object.fromEntries(
      ["weight", "bias", "running_mean", "running_var"].flatMap((leaf) => [
        [`bn1.${leaf}`, [4]],
        [`bn2.${leaf}`, [4]],
      ]),
    ),
    "conv2.weight": [4, 1, 3, 3],
    "fc.weight": [5, 4],
    "fc.bias": [5],
  };

  function read(change: Fault[1]): FileResult<Checkpoint> {
    const tensors: Tensors = new Map(
      Object.entries(shapes).map(([name, shape]) => {
        const count = shape.reduce((a, b) => a * b, 1);
        const data = Array.from(
          { length: count },
          (_unused, i) => (name.endsWith("mean") ? -0.5 : 0.5) + i / 100 / count,
        );
        return [name, { name, shape: [...shape], bytes: floats(data) }];
      }),
    );
    change(tensors);
    let offset = 0;
    const entries = [...tensors.values()].map(({ name, shape, bytes, quantization }) => {
      const begin = offset;
      offset += bytes.length;
      const dtype = quantization === undefined ? "F32" : (quantization as { dtype: string }).dtype;
      return `${JSON.stringify(name)}:${entry(dtype, shape, begin, offset)}`;
    });
    return readSafetensorsCheckpoint(
      file(`{${entries.join(",")}}`, Buffer.concat([...tensors.values()].map(({ bytes }) => bytes))),
    );
  }
  const as = (name: string, dtype: string, bytes: Uint8Array) => (tensors: Tensors) => {
    Object.assign(at(tensors, name), { quantization: { dtype }, bytes });
  };
  const copy = (prefix: string) => (tensors: Tensors) => {
    for (const tensor of [...tensors.values()])
      tensors.set(prefix + tensor.name, { ...tensor, name: prefix + tensor.name });
  };

  const faults: readonly Fault[] = [
    [
      "mean and variance in each other's place",
      swapNames("bn1.running_mean", "bn1.running_var"),
      "negative-variance",
      'Variance "stem/norm/variance": expected numbers from 0, found 4 of 4 below: the first is -0.5 at index 0',
    ],
    [
      "weight and bias in each other's place",
      swapNames("fc.weight", "fc.bias"),
      "misfit",
      '("head"), and the checkpoint has none',
    ],
    [
      "a kernel in TensorFlow's order",
      reshape("conv1.weight", [3, 3, 3, 4]),
      "misfit",
      'with kernel 3x3x3x4 ("stem"), and the checkpoint has none',
    ],
    [
      "a dense kernel turned",
      reshape("fc.weight", [4, 5]),
      "misfit",
      'with kernel 1x1x4x5, bias 5 ("head"), and the checkpoint has none',
    ],
    [
      "a depthwise kernel without its axis of one",
      reshape("conv2.weight", [4, 3, 3]),
      "misfit",
      '("dw"), and the checkpoint has none',
    ],
    [
      "a norm without its variance",
      (tensors) => tensors.delete("bn2.running_var"),
      "misfit",
      "beta 4, gamma 4, mean 4, variance 4",
    ],
    [
      "no kernel",
      (tensors) => tensors.delete("conv1.weight"),
      "misfit",
      'with kernel 3x3x3x4 ("stem"), and the checkpoint has none',
    ],
    [
      "another number of classes",
      (tensors) => {
        tensors.set("fc.weight", { name: "fc.weight", shape: [10, 4], bytes: numbers(40) });
        tensors.set("fc.bias", { name: "fc.bias", shape: [10], bytes: numbers(10) });
      },
      "misfit",
      'with kernel 1x1x4x5, bias 5 ("head"), and the checkpoint has none',
    ],
    [
      "the averaged copy of every tensor",
      copy("ema."),
      "ambiguous",
      'with kernel 3x3x3x4 ("stem"), and the checkpoint has 2 ("ema.conv1", "conv1")',
    ],
    [
      "names without a module",
      (tensors) => (at(tensors, "fc.bias").name = "bias"),
      "misfit",
      '("head"), and the checkpoint has none',
    ],
    [
      "a kernel of whole numbers",
      as("fc.weight", "I8", new Uint8Array(20)),
      "misfit",
      '("head"), and the checkpoint has none',
    ],
    [
      "a kernel of complex numbers",
      as("fc.weight", "C64", new Uint8Array(160)),
      "file-dtype",
      'Tensor "fc.weight": expected a floating-point dtype',
    ],
    [
      "an infinity in half precision",
      as("fc.bias", "F16", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0x7c)),
      "not-finite",
      'Tensor "fc.bias": expected finite float32 numbers, found Infinity at index 4',
    ],
    [
      "an exponent with a flipped bit",
      flipExponent("conv2.weight"),
      "too-large",
      'Weight "dw/kernel": expected numbers up to 2^64, found 1 of 36 beyond',
    ],
    ["the other byte order", otherByteOrder, "not-finite", "expected finite float32 numbers"],
  ];

  it.each(faults)("with %s", (_what, change, code, message) => {
    const found = findings(read(change)).filter((text) => text.startsWith(`weights/${code} `));
    expect(found.join("\n")).toContain(message);
  });

  it("is sound without, whatever its modules are called", () => {
    for (const change of [() => undefined, rename("conv1.weight", "__proto__.weight")]) {
      const result = read(change);
      expect(result.ok && importCheckpoint(sound.training, result.value, new Map()).diagnostics).toEqual([]);
    }
  });
});
