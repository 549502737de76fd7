import { readCheckpoint } from "../../../src/weights/import/read-checkpoint.ts";
import { readHdf5 } from "../../../src/formats/read-hdf5.ts";
import { accepted, checkpointFolder, compileFixture, fixtureBytes, fixtureOutput, imported } from "./fixtures.ts";

interface FrameworkNetwork {
  /** Framework and network: the name of its recorded output, and of its own spec if it has one. */
  readonly name: string;
  readonly file: string;
  readonly spec?: readonly [path: string, network: string, set: Readonly<Record<string, string>>];
}

const torchMobileNetV2 = { width: "0.1", size: "32", classes: "5" };

/** Small networks that scripts/fixtures made with Keras and PyTorch, in every format that they write. */
export const frameworkNetworks: readonly FrameworkNetwork[] = [
  { name: "keras-mobilenet-v1", file: "keras-mobilenet-v1.weights.h5" },
  { name: "keras-mobilenet-v2", file: "keras-mobilenet-v2.keras" },
  { name: "keras-mobilenet-v3", file: "keras-mobilenet-v3.keras" },
  { name: "keras-residual", file: "keras-residual.keras" },
  { name: "keras-plain", file: "keras-plain.h5" },
  { name: "keras-plain", file: "keras-plain-legacy.h5" },
  {
    name: "torch-mobilenet-v2",
    file: "torch-mobilenet-v2.safetensors",
    spec: ["specs/mobilenet_v2.mnet", "MobileNetV2Torch", torchMobileNetV2],
  },
  { name: "torch-resnet18", file: "torch-resnet18.safetensors" },
  { name: "torch-efficientnet-lite0", file: "torch-efficientnet-lite0.safetensors" },
  { name: "torch-convnext", file: "torch-convnext.safetensors" },
  { name: "torch-repvgg", file: "torch-repvgg.safetensors" },
  { name: "torch-flattened", file: "torch-flattened.safetensors" },
  { name: "torch-upscaled", file: "torch-upscaled.safetensors" },
  { name: "keras-upscaled", file: "keras-upscaled.keras" },
  { name: "keras-upscaled", file: "keras-upscaled-legacy.h5" },
];

/** The compiled network, its weights from the checkpoint, and what the framework computed of the tests' image. */
export async function importNetwork({ name, file, spec }: FrameworkNetwork) {
  const compiled = spec === undefined ? compileFixture(`${checkpointFolder}/${name}.mnet`) : compileFixture(...spec);
  const checkpoint = await readCheckpoint(fixtureBytes(file), { readBeside: () => null, readHdf5 });
  return { compiled, weights: imported(compiled, accepted(checkpoint)), wanted: fixtureOutput(`${name}.json`) };
}
