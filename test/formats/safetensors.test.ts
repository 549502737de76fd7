import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { readSafetensors, writeSafetensors } from "../../src/formats/safetensors.ts";
import { layersGraph } from "../weights/graphs.ts";
import { accepted, bits, entry, file, tensor } from "./safetensors-files.ts";

const zlibCrc32 = (data: Float32Array) => crc32(data).toString(16).padStart(8, "0");

describe("a round trip", () => {
  it("keeps every bit, name, shape and the order", () => {
    const store = randomWeights(layersGraph(), 1);
    const { tensors, metadata } = accepted(readSafetensors(writeSafetensors(store)));
    expect(bits(tensors)).toEqual(bits(store));
    const checksums = [...store.values()].map(({ data }) => zlibCrc32(data));
    expect([...metadata]).toEqual([
      ["crc32", checksums.join(" ")],
      ["format", "mnet"],
    ]);
  });

  it("keeps minus zero, the smallest and the largest float32", () => {
    const store = new Map([tensor("edge", [4], [-0, 2 ** -149, 3.4028234663852886e38, -1.1754943508222875e-38])]);
    expect(bits(accepted(readSafetensors(writeSafetensors(store))).tensors)).toEqual(bits(store));
  });

  it("keeps names that JSON objects would reorder or lose, and shapes without extents", () => {
    const names = ["b", "10", "2", "__proto__", "constructor", 'quo"te\\', "é\u2028", "\ud800"];
    const store = new Map([
      ...names.map((name, i) => tensor(name, [1], [i])),
      tensor("scalar", [], [7]),
      tensor("empty", [0, 3], []),
    ]);
    const { tensors } = accepted(readSafetensors(writeSafetensors(store)));
    expect(bits(tensors)).toEqual(bits(store));
    expect(({} as Record<string, unknown>)["dtype"]).toBeUndefined();
  });

  it("writes the same bytes again, with data at a multiple of 8", () => {
    const store = randomWeights(layersGraph(), 1);
    const notes = new Map([
      ["seed", "1"],
      ["network", "layers"],
    ]);
    const bytes = writeSafetensors(store, notes);
    expect(writeSafetensors(store, new Map([...notes].reverse()))).toEqual(bytes);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(header).toMatch(
      /^\{"__metadata__":\{"crc32":"[0-9a-f ]+","format":"mnet","network":"layers","seed":"1"\},"stem\/kernel":\{"dtype":"F32",/,
    );
    expect(header.trimEnd()).toMatch(/\}$/);
    expect([...accepted(readSafetensors(bytes)).metadata].slice(1)).toEqual([
      ["format", "mnet"],
      ["network", "layers"],
      ["seed", "1"],
    ]);
  });

  it("writes the bytes the format says", () => {
    const header = `{"__metadata__":{"crc32":"${zlibCrc32(Float32Array.of(1, -2))}","format":"mnet"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`;
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect(writeSafetensors(new Map([tensor("a", [2], [1, -2])]))).toEqual(
      file(padded, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]),
    );
  });

  it("reads from the middle of a larger buffer", () => {
    const store = new Map([tensor("a", [2], [1, -2])]);
    const bytes = writeSafetensors(store);
    const larger = new Uint8Array(bytes.length + 20).fill(255);
    larger.set(bytes, 3);
    expect(bits(accepted(readSafetensors(larger.subarray(3, 3 + bytes.length))).tensors)).toEqual(bits(store));
  });
});

describe("other floating-point types", () => {
  const only = (dtype: string, count: number, bytes: readonly number[]) => [
    ...(accepted(readSafetensors(file(`{"a":${entry(dtype, [count], 0, bytes.length)}}`, bytes))).tensors.get("a")
      ?.data ?? []),
  ];

  it("reads F16: normal, subnormal, minus zero", () => {
    expect(only("F16", 5, [0x00, 0x3c, 0x01, 0xc0, 0x01, 0x00, 0xff, 0x7b, 0x00, 0x80])).toEqual([
      1,
      -2.001953125,
      2 ** -24,
      65504,
      -0,
    ]);
  });

  it("reads BF16", () => {
    expect(only("BF16", 3, [0x80, 0x3f, 0x49, 0xc0, 0x01, 0x00])).toEqual([1, -3.140625, 2 ** -133]);
  });

  it("reads F64, rounded to float32", () => {
    const bytes = new Uint8Array(Float64Array.of(0.1, -1e-60).buffer);
    expect(only("F64", 2, [...bytes])).toEqual([Math.fround(0.1), -0]);
  });

  it("reads data that is not aligned", () => {
    const header = `{"h":${entry("F16", [1], 0, 2)},"f":${entry("F32", [1], 2, 6)}} `;
    const { tensors } = accepted(readSafetensors(file(header, [0x00, 0x3c, 0, 0, 0x80, 0xbf])));
    expect([...tensors].map(([name, { data }]) => [name, data[0]])).toEqual([
      ["h", 1],
      ["f", -1],
    ]);
  });
});

describe("writeSafetensors", () => {
  it("refuses what it could not read back", () => {
    const write = (name: string, shape: readonly number[], data: readonly number[]) => () =>
      writeSafetensors(new Map([tensor(name, shape, data)]));
    expect(write("a", [2], [1, NaN])).toThrow(`Weight "a": expected finite values, found NaN at index 1.`);
    expect(write("a", [3], [1, 2])).toThrow(`Weight "a": expected 3 values, found 2.`);
    expect(write("__metadata__", [1], [1])).toThrow(`Weight "__metadata__": expected another name`);
  });
});
