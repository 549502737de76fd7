import { expect, test } from "vitest";
import { narrowStores, widenReads } from "../../../../src/targets/webgpu/wgsl/widen-storage.ts";

const input = { name: "input", computed: "vec4<f32>", stored: "vec4<f16>" };
const output = { name: "output", computed: "f32", stored: "f16" };

test("reads are widened where they stand, whatever brackets their index has", () => {
  expect(widenReads("let a = input[row[0] + u32(x)] * w[input_columns] + my_input[0] + input[at].x;", input)).toBe(
    "let a = vec4<f32>(input[row[0] + u32(x)]) * w[input_columns] + my_input[0] + vec4<f32>(input[at]).x;",
  );
});

test("stores are narrowed", () => {
  expect(narrowStores("output[at] = exp(value[1]) / total; if (last) { output[at + 1u] = value.y; }", output)).toBe(
    "output[at] = f16(exp(value[1]) / total); if (last) { output[at + 1u] = f16(value.y); }",
  );
});

test("code that these rules do not cover is reported as a fault of the kernel", () => {
  expect(() => widenReads("input[u32(input[0])]", input)).toThrow("is read inside its own index");
  expect(() => narrowStores("output[at] += value;", output)).toThrow("is not only stored to");
  expect(() => widenReads("input[at", input)).toThrow("a bracket stays open");
});
