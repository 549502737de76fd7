import { defineTarget } from "../target.ts";

/** One file for ONNX Runtime and whatever else reads ONNX: the graph that predicts, its weights in it. */
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
