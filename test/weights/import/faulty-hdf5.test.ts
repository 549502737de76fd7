import type { Group } from "h5wasm";
import { describe, expect, it } from "vitest";
import { importWeights } from "../../../src/weights/import/import-weights.ts";
import { readHdf5 } from "../../../src/formats/read-hdf5.ts";
import { readKerasHdf5 } from "../../../src/weights/import/read-keras.ts";
import { compiled, network } from "../../support/compile-text.ts";
import { accepted, fixtureBytes } from "./fixtures.ts";
import { datatypes, hdf5, legacyFile, numberedFile, patched, put, type Numbers } from "../../formats/hdf5-files.ts";

const read = (bytes: Uint8Array) => readKerasHdf5(bytes, readHdf5);

/**
 * A file that Keras wrote in the first version of HDF5, which has no checksums: a changed byte gets as far as it can.
 */
const sound = fixtureBytes("keras-plain.h5");
const changed = (at: number, ...bytes: number[]) => {
  const copy = Uint8Array.from(sound);
  copy.set(bytes, at);
  return copy;
};
const rootHeader = Number(new DataView(sound.buffer, sound.byteOffset).getBigUint64(64, true));

const kernel: Numbers = { shape: [1, 1, 4, 2] };
const vector: Numbers = { shape: [2] };
const norm = [vector, vector, vector, vector];
const dense = { dense: [{ shape: [4, 2] }, vector] };
const legacy = { a: { "a/kernel:0": kernel, "a/bias:0": vector } };
const bias = (data: NonNullable<Numbers["data"]>) =>
  numberedFile({ dense: [{ shape: [4, 2] }, { shape: [data.length], data }] });
const among = (change: (layers: Group) => void) =>
  numberedFile(dense, (file) => {
    change(file.get("layers") as Group);
  });
const resized = (extent: number) =>
  among((layers) => {
    const chunks = { shape: [2, 2], maxshape: [null, null], chunks: [2, 2] };
    layers.create_dataset({ name: "big", data: new Float32Array(4), ...chunks }).resize([extent, extent]);
  });
const configured = (text: string) => legacyFile(legacy, { config: text });
const named = (attribute: string, names: readonly string[]) =>
  legacyFile(legacy, {
    change(root) {
      const group = attribute === "layer_names" ? root : (root.get("a") as Group);
      group.delete_attribute(attribute);
      group.create_attribute(attribute, [...names]);
    },
  });

type Case = readonly [what: string, bytes: Uint8Array | (() => Promise<Uint8Array>), code: string, message: string];

const files: readonly Case[] = [
  ["nothing", new Uint8Array(), "file-format", "Expected the signature of HDF5, found no bytes"],
  ["another signature", changed(0, 0), "file-format", `found ${sound.length} bytes that begin otherwise`],
  ["a signature alone", sound.slice(0, 8), "file-format", "superblock of version 0 to 3, found a part of one"],
  ["half a superblock", sound.slice(0, 40), "file-format", "found a part of one: it is cut off"],
  ["a superblock to come", changed(8, 9), "file-format", "superblock of version 0 to 3, found version 9"],
  ["addresses of 4 bytes", changed(13, 4), "file-format", "addresses of 8 bytes, found addresses of 4"],
  ["an end past counting", changed(40, 255, 255, 255, 255, 255, 255, 255, 255), "file-length", "18446744073709551615"],
  ["a byte too many", Uint8Array.of(...sound, 0), "file-length", `found ${sound.length + 1}: 1 trailing bytes`],
  ["two files in one", Buffer.concat([sound, sound]), "file-length", `${sound.length} trailing bytes`],
  ["a root that is nowhere", changed(64, 255, 255, 255, 127), "file-format", "one that HDF5 refuses: "],
  ["a header to come", changed(rootHeader, 9), "file-format", "one that HDF5 refuses: "],
  ["a damaged heap of names", patched(sound, "HEAP", "HOAP"), "file-format", "bad local heap signature"],
  ["a damaged tree", patched(sound, "TREE", "TRAP"), "file-format", "wrong B-tree signature"],
  ["a damaged table of names", patched(sound, "SNOD", "SNOB"), "file-format", "bad symbol table node signature"],
  ["a damaged heap of texts", patched(sound, "GCOL", "GULL"), "file-format", "bad global heap collection signature"],
];

const at = (path: string) => `Tensor "${path}": expected `;
const bias1 = at("layers/dense/vars/1");

const tensors: readonly Case[] = [
  ["float16", patched(sound, datatypes.float32, datatypes.float16), "file-dtype", "float16; save the model as float32"],
  ["int32", () => bias(Int32Array.of(1, 2)), "file-dtype", `${bias1}float32 or float64, found whole numbers`],
  ["text", () => bias(["x", "y"]), "file-dtype", `${bias1}float32 or float64, found text`],
  ["NaN", () => bias(Float32Array.of(1, NaN)), "not-finite", `${bias1}finite float32 numbers, found NaN at index 1`],
  ["an infinity", () => bias(Float32Array.of(-Infinity, 1)), "not-finite", "-Infinity at index 0"],
  ["past float32", () => bias(Float64Array.of(1, 1e39)), "not-finite", "Infinity at index 1"],
  ["a shape of terabytes", () => resized(2 ** 20), "file-length", "4398046511104 for shape [1048576x1048576]"],
  ["a shape past counting", () => resized(2 ** 50), "file-length", `${at("layers/big")}at most `],
  [
    "damaged deflate",
    async () =>
      patched(await among((layers) => put(layers, "x", { shape: [40, 20], deflated: true })), [0x78, 0xda], [0, 0]),
    "file-format",
    `${at("layers/x")}what HDF5 can read, found a fault: `,
  ],
  ["a filter of its own", fixtureBytes("hdf5-lzf.h5"), "file-format", 'the filter "lzf", number 32000'],
  ["a view of other files", fixtureBytes("hdf5-virtual.h5"), "file-format", "its data in the file, found a view"],
  [
    "its numbers in /etc/passwd",
    fixtureBytes("hdf5-external.h5"),
    "file-format",
    "unable to open external raw data file",
  ],
  [
    "a link out of the file",
    () => among((layers) => void layers.create_external_link("/etc/passwd", "/x", "out")),
    "file-format",
    `${at("layers/out")}its data in the file, found a link that leads nowhere in it`,
  ],
  [
    "a link to nothing",
    () => among((layers) => void layers.create_soft_link("/nowhere", "out")),
    "file-format",
    `${at("layers/out")}its data in the file`,
  ],
  [
    "a link to itself",
    () => among((layers) => void layers.create_soft_link("/layers/out", "out")),
    "file-format",
    `${at("layers/out")}what HDF5 can read, found a fault: too many links`,
  ],
  [
    "a group in itself",
    () => among((layers) => void layers.create_hard_link("/layers", "again")),
    "file-format",
    'groups at most 32 deep, found more in "layers/again/again',
  ],
  [
    "a group in itself eight times",
    () =>
      among((layers) => {
        for (const name of "abcdefgh") layers.create_hard_link("/layers", name);
      }),
    "file-format",
    "groups at most 32 deep",
  ],
];

const structures: readonly Case[] = [
  [
    "nothing of Keras",
    () => hdf5((root) => put(root, "x", vector)),
    "file-structure",
    "weights in the groups that Keras uses",
  ],
  ["a layer that has no group", () => named("layer_names", ["a", "b"]), "file-structure", 'the group "b", found none'],
  ["a layer twice", () => named("layer_names", ["a", "a"]), "file-structure", '"a" twice'],
  [
    "a weight that has no numbers",
    () => named("weight_names", ["a/kernel:0", "a/gamma:0"]),
    "file-structure",
    'Tensor "a/a/gamma:0": expected its numbers in the file, found none',
  ],
  ["a weight outside", () => named("weight_names", ["../../a:0"]), "file-structure", 'Tensor "a/../../a:0": expected'],
  ["a weight twice", () => named("weight_names", ["a/bias:0", "a/bias:0"]), "file-structure", '"a/bias:0" twice'],
  [
    "a configuration that is no JSON",
    () => configured("{"),
    "file-structure",
    'JSON in UTF-8 as attribute "model_config"',
  ],
  ["a configuration that is a list", () => configured("[1]"), "file-structure", "a JSON object"],
  ["a configuration with a name twice", () => configured('{"a": 1, "a": 2}'), "file-structure", '"a" twice'],
  [
    "a layer without its weights",
    () =>
      configured(
        '{"config": [{"class_name": "Conv2D", "config": {"name": "a"}}, {"class_name": "Dense", "config": {"name": "b"}}]}',
      ),
    "file-structure",
    'weights of its layer "b", a Dense, found none',
  ],
  [
    "a gap in the numbers",
    () => numberedFile({ dense: [{ shape: [4, 2] }, null, vector] }),
    "file-structure",
    'Tensor "layers/dense/vars/1": expected its numbers in the file, found none',
  ],
  [
    "a norm of three",
    () => numberedFile({ batch_normalization: norm.slice(1) }),
    "file-structure",
    "4 tensors of a batch_normalization, gamma, beta, moving_mean, moving_variance, found 3",
  ],
  [
    "a norm of two shapes",
    () => numberedFile({ batch_normalization: [vector, vector, { shape: [3] }, vector] }),
    "file-structure",
    "one shape, [2], found [3] in 2, moving_mean",
  ],
  [
    "kernel and bias swapped",
    () => numberedFile({ conv2d: [vector, kernel] }),
    "file-structure",
    "4 axes in 0, kernel, found [2]",
  ],
  [
    "a third tensor",
    () => numberedFile({ dense: [{ shape: [4, 2] }, vector, vector] }),
    "file-structure",
    "1 or 2 tensors of a dense, kernel, bias, found 3",
  ],
];

describe.each([
  ["file", files],
  ["tensor", tensors],
  ["structure", structures],
] as const)("a faulty %s", (_kind, cases) => {
  it.each(cases)("%s", async (_what, bytes, code, message) => {
    const result = await read(typeof bytes === "function" ? await bytes() : bytes);
    if (result.ok) throw new Error("read without a problem");
    expect(result.problem.code).toBe(`weights/${code}`);
    expect(result.problem.message).toContain(message);
  });
});

it("is cut off wherever it ends early", async () => {
  for (let length = 48; length < sound.length; length += 997) {
    const result = await read(sound.subarray(0, length));
    expect(result).toMatchObject({
      ok: false,
      problem: { code: "weights/file-length", expected: `${sound.length} bytes`, found: `${length}: it is cut off` },
    });
  }
});

describe("what only the network shows", () => {
  const imported = async (body: string, bytes: Promise<Uint8Array>) => {
    const { training } = compiled(network(body));
    return importWeights(training, accepted(await read(await bytes)), new Map()).diagnostics.map(
      ({ code, message }) => `${code} ${message}`,
    );
  };

  it("a layer that is missing", async () => {
    expect(await imported("  a: conv 1x1 2 norm=none\n  b: conv 1x1 2 norm=none", legacyFile(legacy))).toEqual([
      'weights/misfit The network has 1 layer with kernel 1x1x2x2, bias 2 ("b"), and the checkpoint has none.',
    ]);
  });

  it("a variance below zero: the norm's tensors were swapped", async () => {
    const below: Numbers = { shape: [2], data: Float32Array.of(1, -0.5) };
    const bytes = numberedFile({ conv2d: [kernel], batch_normalization: [vector, vector, vector, below] });
    expect(await imported("  a: conv 1x1 2 norm=batch", bytes)).toEqual([
      expect.stringContaining("weights/negative-variance") as string,
    ]);
  });
});

describe("sound files of other make", () => {
  const only = async (bytes: Uint8Array) => {
    const { layers } = accepted(await read(bytes));
    return layers.map(({ name, tensors: own }) => [name, ...[...own.values()].map(({ data }) => [...data])]);
  };

  it("deflated in chunks", async () => {
    expect(await only(await numberedFile({ dense: [{ shape: [1, 3], deflated: true }] }))).toEqual([
      ["layers/dense", [1, 2, 3]],
    ]);
  });

  it("big-endian", async () => {
    const { layers } = accepted(await read(patched(sound, datatypes.float32, datatypes.bigEndian)));
    const before = accepted(await read(sound)).layers;
    const values = (list: typeof layers) =>
      list.flatMap(({ tensors: own }) => [...own.values()].map(({ data }) => data));
    const pairs = values(layers).map((data, i) => [data, values(before)[i]!] as const);
    const [swapped, ...others] = pairs.filter(([a, b]) => a.some((value, i) => value !== b[i]));
    expect(others).toEqual([]);
    const [found, wanted] = swapped ?? expect.fail("nothing changed");
    const view = new DataView(wanted.buffer.slice(wanted.byteOffset, wanted.byteOffset + wanted.byteLength));
    expect([...found]).toEqual(Array.from(wanted, (_unused, i) => view.getFloat32(i * 4, false)));
  });

  it("float64, rounded", async () => {
    const data = Float64Array.of(0.1, 2);
    expect(await only(await numberedFile({ dense: [{ shape: [1, 2], data }] }))).toEqual([
      ["layers/dense", [Math.fround(0.1), 2]],
    ]);
  });

  it("with names that are JavaScript's own", async () => {
    const layers = Object.fromEntries(
      ["__proto__", "constructor"].map((name) => [name, { [`${name}/kernel:0`]: kernel }]),
    );
    expect((await only(await legacyFile(layers))).map(([name]) => name)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["kernel"]).toBeUndefined();
  });

  it("with counters and an optimizer's moments beside", async () => {
    const bytes = await numberedFile(
      { ...dense, seed_generator: [{ shape: [2], data: Int32Array.of(1, 2) }] },
      (file) => {
        put(file.create_group("optimizer"), "0", { shape: [1], data: Float32Array.of(NaN) });
      },
    );
    expect((await only(bytes)).map(([name]) => name)).toEqual(["layers/dense"]);
  });
});
