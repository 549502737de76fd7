import type { CompiledNetwork } from "../compile.ts";
import type { EmittedFile } from "../targets/emitted-file.ts";
import { outputPlaces } from "../running/output-places.ts";
import { emitOnnx, onnxInputName } from "../targets/onnx/emit-onnx.ts";
import { emitTfjsModels } from "../targets/tfjs/emit-models.ts";
import type { WeightStore } from "../formats/tensor.ts";

/** A network in all forms that are compared, with the same weights, and the image that they run on. */
export interface BenchNetwork {
  readonly name: string;
  /** Height, width and channels of the input. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** The place of `output` among the outputs of tf.js's models. */
  readonly outputAt: { readonly layers: number; readonly graph: number };
  readonly onnxInput: string;
  /** `mnet/plan.json`, `layers/model.json`, `graph/model.json`, `model.onnx`, and the files that they name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What a page is told of a network. */
export type PageNetwork = Pick<BenchNetwork, "shape" | "outputAt" | "onnxInput">;

/** Makes all forms of a network. `webgpu` are the files of its WebGPU build, `values` the image. */
export function benchNetwork(
  { training, inference }: CompiledNetwork,
  weights: WeightStore,
  webgpu: readonly EmittedFile[],
  values: Float32Array,
): BenchNetwork {
  const files: readonly EmittedFile[] = [
    ...webgpu.map(({ path, contents }) => ({ path: `mnet/${path}`, contents })),
    ...emitTfjsModels({ training, inference }, weights),
    { path: "model.onnx", contents: emitOnnx(inference, weights) },
  ];
  const encoder = new TextEncoder();
  return {
    name: training.name,
    shape: training.input.shape,
    values,
    outputAt: {
      layers: outputPlaces(training).get("output") ?? -1,
      graph: training.outputs.findIndex(({ name }) => name === "output"),
    },
    onnxInput: onnxInputName(inference),
    files: new Map(
      files.map(({ path, contents }) => [path, typeof contents === "string" ? encoder.encode(contents) : contents]),
    ),
  };
}

/** Returns the bytes of one file. */
export function fileOf({ files }: BenchNetwork, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes === undefined) throw new Error(`internal: the build holds no ${path}`);
  return bytes;
}
