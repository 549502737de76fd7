import { expect, test } from "vitest";
import {
  bindingBytes,
  declareBinding,
  inputBinding,
  load,
  outputBinding,
  store,
  viewFunction,
} from "../../../../src/targets/webgpu/wgsl/binding.ts";

const view = { channels: 8, first: 4, of: 20 };

test("a value in float32 that lies alone is read and written as it is", () => {
  expect(load(inputBinding("input", 4, 64), "row * 2u")).toBe("input[row * 2u]");
  expect(store(outputBinding(1, 64, { type: "f32", view: null }), "at", "value.x")).toBe("output[at] = value.x;");
});

test("loads of 16 bits widen, and stores narrow, whatever brackets an index has", () => {
  const input = inputBinding("input", 4, 64, { type: "f16", view: null });
  expect(`${load(input, "row[0] + u32(x)")}.x`).toBe("vec4<f32>(input[row[0] + u32(x)]).x");
  expect(load(inputBinding("gate", 1, 64, { type: "f16", view: null }), "k")).toBe("f32(gate[k])");
  const output = outputBinding(1, 64, { type: "f16", view: null });
  expect(store(output, "at", "exp(value[1]) / total")).toBe("output[at] = f16(exp(value[1]) / total);");
});

test("a load may stand in the index of another", () => {
  const input = inputBinding("input", 1, 64, { type: "f16", view });
  expect(load(input, `u32(${load(input, "0u")})`)).toBe("f32(input[input_at(u32(f32(input[input_at(0u)])))])");
});

test("a view names its elements as if it lay alone, and binds the whole map", () => {
  const output = outputBinding(4, 8 * 9, { type: "f16", view });
  expect(store(output, "at", "value")).toBe("output[output_at(at)] = vec4<f16>(value);");
  expect(declareBinding(output, 2)).toBe(
    "@group(0) @binding(2) var<storage, read_write> output: array<vec4<f16>, 45>;",
  );
  expect(viewFunction(output)).toBe(
    "// Channels 4 to 11 of 20.\nfn output_at(at: u32) -> u32 {\n  return at / 2u * 5u + at % 2u + 1u;\n}",
  );
  expect(viewFunction(inputBinding("input", 4, 64))).toBeNull();
});

test("bytes are those of the value, not of its map, in whole words", () => {
  expect(bindingBytes(outputBinding(4, 8 * 9, { type: "f16", view }))).toBe(2 * 8 * 9);
  expect(bindingBytes(inputBinding("input", 1, 3, { type: "f16", view: null }))).toBe(8);
  expect(bindingBytes({ kind: "texture", name: "input", pixels: 6 })).toBe(24);
});
