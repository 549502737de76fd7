import { defineTarget } from "../target.ts";

/** One ONNX file with the inference graph and its weights. */
export const onnxTarget = defineTarget({
  name: "onnx",
  title: "ONNX",
  summary: "an ONNX model",
  reads: "inference",
  weights: "required",
  options: {},
  async emit({ inference }, weights) {
    const { emitOnnx } = await import("./emit-onnx.ts");
    return {
      files: [{ path: "model.onnx", contents: emitOnnx(inference, weights ?? new Map()) }],
      diagnostics: [],
    };
  },
});
