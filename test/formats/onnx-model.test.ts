import { expect, it } from "vitest";
import { decodeOnnx, encodeOnnx, FLOAT, type OnnxModel } from "../../src/formats/onnx-model.ts";

const info = (name: string, dimValue: number) => ({
  name,
  type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimValue }] } } },
});

const value = { name: "value", dims: [2], dataType: FLOAT, rawData: Uint8Array.of(), floatData: [1.5, -2] };
const model: OnnxModel = {
  irVersion: 8,
  producerName: "other",
  opsetImport: [{ domain: "", version: 17 }],
  graph: {
    name: "net",
    node: [
      {
        name: "c",
        opType: "Constant",
        domain: "com.example",
        input: [],
        output: ["y"],
        attribute: [
          { name: "value", type: 4, t: value },
          { name: "scales", type: 6, floats: [0.5, 2] },
        ],
      },
    ],
    initializer: [{ ...value, name: "w" }],
    input: [info("x", 2)],
    output: [info("y", 2)],
  },
};

it("an ONNX model is read as it was written, with what mnet itself does not write", () => {
  const result = decodeOnnx(encodeOnnx(model));
  expect(result.ok).toBe(true);
  // In Node protobufjs gives bytes as a Buffer, which JSON writes unlike any other list of bytes.
  const plain = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, item: unknown) => (key === "rawData" ? "" : item)));
  expect(plain(result.ok && result.value)).toMatchObject(plain(model) as object);
});

it("bytes that are no ONNX model are refused", () => {
  const bytes = encodeOnnx(model);
  const result = decodeOnnx(bytes.subarray(0, bytes.length - 3));
  expect(result).toMatchObject({ ok: false, problem: { code: "weights/file-format", tensor: null } });
  expect(result.ok ? "" : result.problem.message).toMatch(/^Expected an ONNX model, found bytes that do not decode: /);
});
