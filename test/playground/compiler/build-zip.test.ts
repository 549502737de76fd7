import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { readSafetensors } from "../../../src/formats/safetensors.ts";
import { playSession, shippedDocument } from "../play-session.ts";

const session = playSession();

test("the WebGPU folder, with the spec beside it and the shipped weights in it", async () => {
  const { name, bytes } = await session.answer("zip", shippedDocument("digits.mnet"), "webgpu");
  expect(name).toBe("Digits-webgpu.zip");
  const files = unzipSync(bytes);
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining([
      "Digits/digits.mnet",
      "Digits/webgpu/plan.json",
      "Digits/webgpu/weights.bin",
      "Digits/webgpu/model.js",
      "Digits/webgpu/model.d.ts",
    ]),
  );
  const { labels } = JSON.parse(new TextDecoder().decode(files["Digits/webgpu/plan.json"])) as { labels: string[] };
  expect(labels).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
});

test("the tf.js module with the models and the weights, those that the page ships for digits", async () => {
  const digits = shippedDocument("digits.mnet");
  const { bytes } = await session.answer("zip", digits, "tfjs");
  const files = unzipSync(bytes);
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(["Digits/tfjs/model.ts", "Digits/tfjs/layers/model.json", "Digits/tfjs/graph/model.json"]),
  );
  const weightsOf = (found: Uint8Array | undefined) => {
    const read = readSafetensors(found ?? new Uint8Array());
    if (!read.ok) throw new Error(read.problem.message);
    return read.value.tensors.get("stem/kernel")?.data;
  };
  const shipped = await session.answer("build", digits, { webgpu: false, tfjs: false, device: "generic" });
  expect(shipped.weights).toBe("digits");
  // Another network of the same name gets weights of its own.
  const other = { ...digits, text: digits.text.replace("conv 1x1 96", "conv 1x1 64") };
  expect((await session.answer("build", other, { webgpu: false, tfjs: false, device: "generic" })).weights).toBe(
    "seed",
  );
  const seeded = unzipSync((await session.answer("zip", other, "tfjs")).bytes);
  expect(weightsOf(seeded["Digits/tfjs/weights.safetensors"])).not.toEqual(
    weightsOf(files["Digits/tfjs/weights.safetensors"]),
  );
});

test("every other target, and a word for one that there is none of", async () => {
  const { name, bytes } = await session.answer("zip", shippedDocument("digits.mnet"), "onnx");
  expect(name).toBe("Digits-onnx.zip");
  expect(Object.keys(unzipSync(bytes)).sort()).toEqual(["Digits/digits.mnet", "Digits/onnx/model.onnx"]);
  await expect(session.answer("zip", shippedDocument("digits.mnet"), "none")).rejects.toThrow(
    'There is no target "none".',
  );
});

test("the same network gives the same bytes, and what it imports comes along", async () => {
  const kitchen = shippedDocument("kitchen_sink.mnet");
  const { bytes } = await session.answer("zip", kitchen, "webgpu");
  const again = await playSession().answer("zip", kitchen, "webgpu");
  expect(again.bytes).toEqual(bytes);
  expect(Object.keys(unzipSync(bytes)).filter((path) => path.endsWith(".mnet"))).toHaveLength(2);
});

test("a network that is too large for a page is refused with what to do", async () => {
  const vgg = shippedDocument("vgg.mnet");
  await expect(session.answer("zip", vgg, "webgpu")).rejects.toThrow(/^138 million weights are too many for a page/);
});
