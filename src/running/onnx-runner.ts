import type { Shape } from "../ir/shape.ts";
import type { Runner } from "./runner.ts";

/** A tensor of ONNX Runtime. */
interface OrtTensor {
  readonly getData: () => Promise<Float32Array>;
  readonly dispose: () => void;
}

interface OrtSession {
  readonly run: (feeds: Readonly<Record<string, OrtTensor>>) => Promise<Readonly<Record<string, OrtTensor>>>;
  readonly release: () => Promise<void>;
}

/** The functions of ONNX Runtime that are needed to run a model. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    readonly create: (
      model: string | Uint8Array,
      options: { readonly executionProviders: readonly string[] },
    ) => Promise<OrtSession>;
  };
  readonly Tensor: new (type: "float32", values: Float32Array, shape: readonly number[]) => OrtTensor;
}

/** An ONNX model and the runtime that runs it. */
export interface OnnxParts {
  readonly title: string;
  readonly ort: OnnxRuntime;
  /** The bytes of the model, or its URL. */
  readonly model: string | Uint8Array;
  /** The name of the input. */
  readonly input: string;
  /** Height, width and channels of the input. */
  readonly shape: Shape;
  /** The execution provider: `webgpu`, `cpu`. */
  readonly provider: string;
}

/** Opens an ONNX model in ONNX Runtime. */
export async function openOnnx({ title, ort, model, input, shape, provider }: OnnxParts): Promise<Runner> {
  const session = await ort.InferenceSession.create(model, { executionProviders: [provider] });
  return {
    title,
    async run(image) {
      const results = await session.run({ [input]: new ort.Tensor("float32", image, [1, ...shape]) });
      const outputs = new Map<string, Float32Array>();
      for (const [name, tensor] of Object.entries(results)) {
        outputs.set(name, await tensor.getData());
        tensor.dispose();
      }
      return outputs;
    },
    close: () => void session.release(),
  };
}
