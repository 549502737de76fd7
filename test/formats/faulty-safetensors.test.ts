import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { readSafetensors, writeSafetensors } from "../../src/formats/safetensors.ts";
import { layersGraph } from "../weights/graphs.ts";
import { entry, file, tensor, zeros } from "./safetensors-files.ts";

describe("a faulty file", () => {
  const nan = [0, 0, 0xc0, 0x7f];
  const a = entry("F32", [1], 0, 4);
  const cases: readonly [string, Uint8Array, string, string][] = [
    ["nothing at all", zeros(0), "weights/file-length", "Expected at least 8 bytes, found 0."],
    ["seven bytes", zeros(7), "weights/file-length", "Expected at least 8 bytes, found 7."],
    ["no header", zeros(8), "weights/file-header", `Expected a header that begins with "{", found "".`],
    [
      "a header past the end",
      file("{}", [], 100),
      "weights/file-length",
      "Expected a header of 100 bytes, found 2 bytes after the length.",
    ],
    [
      "a header of 200 MB",
      file("{}", [], 200_000_000),
      "weights/file-header",
      "Expected a header of at most 100000000 bytes, found one of 200000000.",
    ],
    [
      "a header of 2^60 bytes",
      file("{}", [], 2 ** 60),
      "weights/file-header",
      "Expected a header of at most 100000000 bytes, found one of 1152921504606847000.",
    ],
    [
      "text that is no JSON",
      file(`{"a":`),
      "weights/file-header",
      "Expected a header of valid JSON, found text that does not parse.",
    ],
    ["a list as header", file("[]"), "weights/file-header", `Expected a header that begins with "{", found "[".`],
    [
      "a byte-order mark",
      file("\ufeff{}"),
      "weights/file-header",
      `Expected a header that begins with "{", found "\ufeff".`,
    ],
    [
      "bytes that are no UTF-8",
      file(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)),
      "weights/file-header",
      "Expected a header in UTF-8, found bytes that are not.",
    ],
    [
      "a name twice",
      file(`{"a":${a},"b":${entry("F32", [1], 4, 8)},"a":${a}}`, zeros(8)),
      "weights/file-header",
      `Expected each name once in its header, found "a" twice.`,
    ],
    [
      "a name twice, once escaped",
      file(`{"a":${a},"\\u0061":${a}}`, zeros(4)),
      "weights/file-header",
      `Expected each name once in its header, found "a" twice.`,
    ],
    [
      "a field twice",
      file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"shape":[1]}}`, zeros(4)),
      "weights/file-header",
      `Expected each name once in its header, found "shape" twice.`,
    ],
    [
      "a tensor that is a number",
      file(`{"a":1}`),
      "weights/file-header",
      `Tensor "a": expected an object with dtype, shape and data_offsets, found 1.`,
    ],
    [
      "no dtype",
      file(`{"a":{"shape":[1],"data_offsets":[0,4]}}`, zeros(4)),
      "weights/file-header",
      `Tensor "a": expected a string as dtype, found none.`,
    ],
    [
      "no shape",
      file(`{"a":{"dtype":"F32","data_offsets":[0,4]}}`, zeros(4)),
      "weights/file-header",
      `Tensor "a": expected a list of whole numbers as shape, found none.`,
    ],
    [
      "a negative extent",
      file(`{"a":${entry("F32", [-1], 0, 4)}}`, zeros(4)),
      "weights/file-header",
      `Tensor "a": expected a list of whole numbers as shape, found [-1].`,
    ],
    [
      "half an extent",
      file(`{"a":${entry("F32", [0.5, 2], 0, 4)}}`, zeros(4)),
      "weights/file-header",
      `Tensor "a": expected a list of whole numbers as shape, found [0.5,2].`,
    ],
    [
      "one offset",
      file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}`, zeros(4)),
      "weights/file-header",
      `Tensor "a": expected two whole numbers as data_offsets, found [0].`,
    ],
    [
      "an offset in words",
      file(`{"a":${entry("F32", [1], 0, "4")}}`, zeros(4)),
      "weights/file-header",
      `Tensor "a": expected two whole numbers as data_offsets, found [0,"4"].`,
    ],
    [
      "a field nobody knows",
      file(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"__proto__":1}}`, zeros(4)),
      "weights/file-header",
      `Tensor "a": expected dtype, shape and data_offsets alone, found "__proto__".`,
    ],
    [
      "metadata that is a number",
      file(`{"__metadata__":{"epoch":3}}`),
      "weights/file-header",
      `Expected a string as metadata "epoch", found 3.`,
    ],
    [
      "metadata that is a list",
      file(`{"__metadata__":[]}`),
      "weights/file-header",
      `Expected an object as "__metadata__", found [].`,
    ],
    [
      "whole numbers",
      file(`{"n":${entry("I64", [], 0, 8)}}`, zeros(8)),
      "weights/file-dtype",
      `Tensor "n": expected a floating-point dtype (F16, BF16, F32, F64), found "I64".`,
    ],
    [
      "a dtype nobody knows",
      file(`{"n":${entry("toString", [1], 0, 8)}}`, zeros(8)),
      "weights/file-dtype",
      `Tensor "n": expected a floating-point dtype (F16, BF16, F32, F64), found "toString".`,
    ],
    [
      "fewer bytes than the shape needs",
      file(`{"a":${entry("F32", [2, 3], 0, 20)}}`, zeros(20)),
      "weights/file-offsets",
      `Tensor "a": expected 24 bytes for shape [2x3] of F32, found 20, from 0 to 20.`,
    ],
    [
      "offsets the wrong way round",
      file(`{"a":${entry("F32", [1], 4, 0)}}`, zeros(4)),
      "weights/file-offsets",
      `Tensor "a": expected 4 bytes for shape [1] of F32, found -4, from 4 to 0.`,
    ],
    [
      "a shape past 2^53",
      file(`{"a":${entry("F32", [2 ** 52, 2 ** 52, 2 ** 52], 0, 4)}}`, zeros(4)),
      "weights/file-offsets",
      `Tensor "a": expected 3.6537540933272573e+47 bytes for shape [4503599627370496x4503599627370496x4503599627370496] of F32, found 4, from 0 to 4.`,
    ],
    [
      "a hole at the start",
      file(`{"a":${entry("F32", [1], 4, 8)}}`, zeros(8)),
      "weights/file-offsets",
      `Tensor "a": expected its bytes at 0, right after the header, found them at 4: a hole of 4 bytes.`,
    ],
    [
      "a hole in the middle",
      file(`{"b":${entry("F32", [1], 6, 10)},"a":${a}}`, zeros(10)),
      "weights/file-offsets",
      `Tensor "b": expected its bytes at 4, right after "a", found them at 6: a hole of 2 bytes.`,
    ],
    [
      "an overlap",
      file(`{"a":${entry("F32", [2], 0, 8)},"b":${entry("F32", [1], 4, 8)}}`, zeros(8)),
      "weights/file-offsets",
      `Tensor "b": expected its bytes at 8, right after "a", found them at 4: an overlap of 4 bytes.`,
    ],
    [
      "two tensors in one place",
      file(`{"a":${a},"b":${a}}`, zeros(4)),
      "weights/file-offsets",
      `Tensor "b": expected its bytes at 4, right after "a", found them at 0: an overlap of 4 bytes.`,
    ],
    [
      "data cut off",
      file(`{"a":${entry("F32", [2], 0, 8)}}`, zeros(7)),
      "weights/file-length",
      `Tensor "a": expected bytes 0 to 8, found only 7 bytes of data in the file.`,
    ],
    [
      "trailing bytes",
      file(`{"a":${a}}`, zeros(7)),
      "weights/file-length",
      "Expected 4 bytes of data, found 7: 3 trailing bytes.",
    ],
    [
      "data without a tensor",
      file("{}", zeros(1)),
      "weights/file-length",
      "Expected 0 bytes of data, found 1: 1 trailing bytes.",
    ],
    [
      "NaN in the last element",
      file(`{"a":${entry("F32", [2], 0, 8)}}`, [...zeros(4), ...nan]),
      "weights/not-finite",
      `Tensor "a": expected finite float32 numbers, found NaN at index 1.`,
    ],
    [
      "an infinity in half precision",
      file(`{"a":${entry("F16", [1], 0, 2)}}`, [0x00, 0xfc]),
      "weights/not-finite",
      `Tensor "a": expected finite float32 numbers, found -Infinity at index 0.`,
    ],
    [
      "NaN in bfloat16",
      file(`{"a":${entry("BF16", [1], 0, 2)}}`, [0xc0, 0x7f]),
      "weights/not-finite",
      `Tensor "a": expected finite float32 numbers, found NaN at index 0.`,
    ],
    [
      "a float64 past float32",
      file(`{"a":${entry("F64", [1], 0, 8)}}`, new Uint8Array(Float64Array.of(1e300).buffer)),
      "weights/not-finite",
      `Tensor "a": expected finite float32 numbers, found Infinity at index 0.`,
    ],
  ];
  for (const [name, bytes, code, message] of cases) {
    it(`is refused with its message: ${name}`, () => {
      const result = readSafetensors(bytes);
      expect(result.ok ? "accepted" : result.problem.message).toBe(message);
      expect(result).toMatchObject({ ok: false, problem: { code } });
    });
  }

  it("is refused whatever bit of its data flips, with the tensor's name", () => {
    const bytes = writeSafetensors(new Map([tensor("a", [2], [1, 2]), tensor("b", [1], [5])]));
    for (let bit = 0; bit < 12 * 8; bit++) {
      const at = bytes.length - 12 + (bit >> 3);
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << (bit % 8);
      const result = readSafetensors(flipped);
      expect(result.ok ? null : result.problem).toMatchObject({
        code: "weights/file-checksum",
        tensor: bit < 64 ? "a" : "b",
      });
    }
    const flipped = bytes.slice();
    flipped[bytes.length - 1]! ^= 1;
    const result = readSafetensors(flipped);
    expect(result.ok ? "" : result.problem.message).toBe(
      `Tensor "b": expected the bytes that were written, of CRC-32 ${crc32(Float32Array.of(5)).toString(16)}, found others, of 8e9812f3.`,
    );
  });

  it("is refused where its checksums are not one a tensor, and others' notes mean nothing", () => {
    const noted = (format: string) =>
      readSafetensors(file(`{"__metadata__":{"format":"${format}","crc32":"0 1"},"a":${a}}`, zeros(4)));
    const ours = noted("mnet");
    expect(ours.ok ? "" : ours.problem.message).toBe("Expected 1 checksums in its notes, one a tensor, found 2.");
    expect(noted("pt").ok).toBe(true);
  });

  it("is refused at whatever byte it is cut, and without a word of the host's", () => {
    const bytes = writeSafetensors(randomWeights(layersGraph(), 1)).subarray(0);
    for (let length = 0; length < bytes.length; length += length < 1200 ? 1 : 997) {
      expect(readSafetensors(bytes.subarray(0, length)).ok).toBe(false);
    }
  });

  it("never throws, whatever byte of the header is flipped", () => {
    const bytes = writeSafetensors(new Map([tensor("a", [2, 2], [1, 2, 3, 4]), tensor("b", [1], [5])]));
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 16, 128, 255]) {
        const changed = bytes.slice();
        changed[at]! ^= flip;
        expect(typeof readSafetensors(changed).ok).toBe("boolean");
      }
    }
  });

  it("quotes hostile names at a readable length, and survives deep nesting", () => {
    const long = readSafetensors(file(`{"${"x".repeat(100_000)}":1}`));
    expect(long.ok ? "" : long.problem.message.length).toBeLessThan(300);
    const depth = 50_000;
    const deep = readSafetensors(
      file(`{"a":{"dtype":"F32","shape":${"[".repeat(depth)}${"]".repeat(depth)},"data_offsets":[0,4]}}`),
    );
    expect(deep.ok ? "" : deep.problem.message).toBe(
      `Tensor "a": expected a list of whole numbers as shape, found a nested list.`,
    );
  });
});
