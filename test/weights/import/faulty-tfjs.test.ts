import { describe, expect, it } from "vitest";
import { readTfjs } from "../../../src/weights/import/read-tfjs.ts";
import { encode } from "./tfjs-files.ts";

const text = (value: string) => new TextEncoder().encode(value);
const weight = { name: "a/kernel", shape: [2], dtype: "float32" };
const eight = new Uint8Array(8);
const model = (weights: unknown, paths: unknown = ["s.bin"]) => encode({ weightsManifest: [{ paths, weights }] });
const quantised = (quantization: unknown) => model([{ ...weight, quantization }]);

type Case = readonly [
  what: string,
  json: Uint8Array,
  code: string,
  message: string,
  shards?: Readonly<Record<string, Uint8Array>>,
];

const cases: readonly Case[] = [
  ["no JSON", text("{"), "file-header", "valid JSON in UTF-8, found text that does not parse"],
  ["no UTF-8", Uint8Array.of(0x7b, 0xff), "file-header", "valid JSON in UTF-8, found text that does not parse"],
  ["a list", text("[]"), "file-header", "a JSON object, found []"],
  ["200 MB of JSON", new Uint8Array(200_000_000), "file-length", "at most 100000000 bytes, found 200000000"],
  ["a key twice", text('{"weightsManifest":[],"weightsManifest":[]}'), "file-header", '"weightsManifest" twice'],
  ["a key twice, deep down", text('{"weightsManifest":[{"paths":[],"paths":[]}]}'), "file-header", '"paths" twice'],
  ["no manifest", encode({}), "file-header", 'a list as "weightsManifest", found none'],
  ["a group that is text", encode({ weightsManifest: ["x"] }), "file-header", 'a group of weights, found "x"'],
  ["a group without paths", encode({ weightsManifest: [{ weights: [] }] }), "file-header", 'a list as "paths"'],
  ["a group without weights", encode({ weightsManifest: [{ paths: [] }] }), "file-header", 'a list as "weights"'],
  ["a number as path", model([], [7]), "file-shard", "names as paths of shards, found 7"],
  ["a parent as path", model([], ["../s.bin"]), "file-shard", 'by plain names, found "../s.bin"'],
  ["a folder as path", model([], ["a/s.bin"]), "file-shard", 'by plain names, found "a/s.bin"'],
  ["an absolute path", model([], ["/etc/passwd"]), "file-shard", 'by plain names, found "/etc/passwd"'],
  ["a drive", model([], ["C:s.bin"]), "file-shard", 'by plain names, found "C:s.bin"'],
  ["a backslash", model([], ["..\\s.bin"]), "file-shard", "by plain names"],
  ["an address", model([], ["http://x/s.bin"]), "file-shard", "by plain names"],
  ["a hidden file", model([], [".s.bin"]), "file-shard", "by plain names"],
  ["a NUL in a name", model([], ["s.bin\u0000"]), "file-shard", "by plain names"],
  ["a shard twice", model([], ["s.bin", "s.bin"]), "file-shard", 'each shard once, found "s.bin" twice'],
  ["a missing shard", model([weight], ["t.bin"]), "file-shard", 'its shard "t.bin" beside it, found no such file'],
  [
    "a short shard",
    model([weight]),
    "file-length",
    'Tensor "a/kernel": expected 8 bytes',
    { "s.bin": eight.subarray(1) },
  ],
  [
    "trailing bytes",
    model([weight]),
    "file-length",
    '8 bytes in "s.bin", found 9: 1 trailing',
    { "s.bin": new Uint8Array(9) },
  ],
  ["no weights in a full shard", model([]), "file-length", "found 8: 8 trailing bytes"],
  ["a weight that is a number", model([1]), "file-header", "an object as weight, found 1"],
  ["a weight without a name", model([{ ...weight, name: 1 }]), "file-header", "a name for each weight, found 1"],
  [
    "a weight twice",
    model([weight, weight]),
    "file-header",
    'each weight once, found "a/kernel" twice',
    { "s.bin": new Uint8Array(16) },
  ],
  ["a negative extent", model([{ ...weight, shape: [-2] }]), "file-header", "whole numbers as shape, found [-2]"],
  ["half an extent", model([{ ...weight, shape: [0.5, 4] }]), "file-header", "whole numbers as shape, found [0.5,4]"],
  ["extents past counting", model([{ ...weight, shape: [2 ** 40, 2 ** 40] }]), "file-header", "whole numbers as shape"],
  ["a shape of a petabyte", model([{ ...weight, shape: [2 ** 50] }]), "file-length", "4503599627370496 bytes"],
  ["no shape", model([{ ...weight, shape: undefined }]), "file-header", "whole numbers as shape, found none"],
  ["int32", model([{ ...weight, dtype: "int32" }]), "file-dtype", 'the dtype "float32", found "int32"'],
  ["no dtype", model([{ ...weight, dtype: undefined }]), "file-dtype", 'the dtype "float32", found none'],
  ["__proto__ as dtype", quantised({ dtype: "__proto__" }), "file-quantization", 'a quantization dtype of "uint8"'],
  ["null as quantization", quantised(null), "file-quantization", "an object as quantization, found null"],
  ["int8", quantised({ dtype: "int8", scale: 1, min: 0 }), "file-quantization", 'found "int8"'],
  [
    "a bit flipped since its checksum was taken",
    model([{ ...weight, crc32: "ecbb4b55" }]),
    "file-checksum",
    'Tensor "a/kernel": expected the bytes that were written, of CRC-32 "ecbb4b55", found others, of 6522df69',
  ],
  ["a checksum that is a number", model([{ ...weight, crc32: 7 }]), "file-checksum", "of CRC-32 7, found others"],
  ["no scale", quantised({ dtype: "uint8", min: 0 }), "file-quantization", "a scale above 0, found none"],
  ["a scale of 0", quantised({ dtype: "uint8", scale: 0, min: 0 }), "file-quantization", "a scale above 0, found 0"],
  ["a negative scale", quantised({ dtype: "uint16", scale: -1, min: 0 }), "file-quantization", "found -1"],
  ["a min in words", quantised({ dtype: "uint8", scale: 1, min: "0" }), "file-quantization", 'a finite min, found "0"'],
  [
    "another original dtype",
    quantised({ dtype: "uint8", scale: 1, min: 0, original_dtype: "int32" }),
    "file-quantization",
    '"float32" as original_dtype, found "int32"',
  ],
  [
    "a scale past float32",
    quantised({ dtype: "uint8", scale: 1e300, min: 0 }),
    "not-finite",
    "Infinity at index 0",
    { "s.bin": Uint8Array.of(1, 1) },
  ],
  [
    "NaN",
    model([weight]),
    "not-finite",
    "NaN at index 0",
    { "s.bin": new Uint8Array(new Float32Array([NaN, 0]).buffer) },
  ],
  [
    "an infinity",
    model([weight]),
    "not-finite",
    "-Infinity at index 1",
    { "s.bin": new Uint8Array(new Float32Array([0, -Infinity]).buffer) },
  ],
];

describe("a faulty tf.js model", () => {
  it.each(cases.map((fault) => [fault[0], fault] as const))("%s", (_what, fault) => {
    const [, json, code, message, shards = { "s.bin": eight }] = fault;
    const result = readTfjs(json, (name) => (Object.hasOwn(shards, name) ? shards[name]! : null));
    if (result.ok) throw new Error("read without a problem");
    expect(result.problem.code).toBe(`weights/${code}`);
    expect(result.problem.message).toContain(message);
  });

  it("reads the sound one that they are made of, whatever its names", () => {
    const weights = ["__proto__", "constructor/kernel"].map((name) => ({ ...weight, name }));
    const result = readTfjs(model(weights), () => new Uint8Array(16));
    if (!result.ok) throw new Error(result.problem.message);
    expect(result.value.others.map(({ name }) => name)).toEqual(["__proto__"]);
    expect(result.value.layers.map(({ name }) => name)).toEqual(["constructor"]);
    expect(({} as Record<string, unknown>)["kernel"]).toBeUndefined();
  });

  it("survives a topology that is nested past any stack", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const json = text(
      `{"modelTopology":{"config":{"layers":[{"name":"a","class_name":"A","inbound_nodes":${deep}}]}},"weightsManifest":[]}`,
    );
    expect(readTfjs(json, () => null).ok).toBe(true);
  });
});
