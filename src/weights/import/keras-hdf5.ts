import type { Checkpoint } from "./checkpoint.ts";
import type { Hdf5File } from "../../formats/hdf5-file.ts";
import { readKerasModel } from "../../formats/keras-model.ts";
import { legacyCheckpoint } from "./keras-legacy.ts";
import { numberedCheckpoint } from "./keras-numbered.ts";
import { readJsonObject } from "../../formats/read-json-object.ts";
import { refuseFile } from "../../formats/refusal.ts";

/** The groups in which Keras 2 and Keras 3 store the optimizer's moments. They have twice the size of the weights. */
export const optimizerGroups = ["optimizer_weights", "optimizer"] as const;

/**
 * Reads an HDF5 file of Keras. An `.h5` file has groups named like the layers and lists of names, and the model's
 * configuration if the whole model was saved. A `.weights.h5` file of Keras 3 has groups named by class and running
 * number.
 */
export function kerasHdf5(file: Hdf5File): Checkpoint {
  const attributes = file.texts.get("");
  if (file.groups.has("model_weights")) {
    const [config] = attributes?.get("model_config") ?? [];
    const json =
      config === undefined
        ? null
        : readJsonObject(new TextEncoder().encode(config), "weights/file-structure", ` as attribute "model_config"`);
    return legacyCheckpoint("Keras HDF5 model", file, "model_weights", json === null ? null : readKerasModel(json));
  }
  if (attributes?.has("layer_names") === true || attributes?.has("layer_names0") === true) {
    return legacyCheckpoint("Keras HDF5 weights", file, "", null);
  }
  if ([...file.tensors.keys(), ...file.passedOver.keys()].some((path) => /(?:^|\/)vars\/\d+$/.test(path))) {
    return numberedCheckpoint("Keras 3 weights", file, null);
  }
  return refuseFile("weights/file-structure", "weights in the groups that Keras uses", "none there");
}
