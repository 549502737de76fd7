import { quote } from "../../formats/file-problem.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Hdf5File } from "../../formats/hdf5-file.ts";
import { kerasCheckpoint, type KerasTensor } from "./keras-checkpoint.ts";
import type { KerasLayer } from "../../formats/keras-model.ts";
import { kerasRole } from "../../formats/keras-names.ts";
import { refuseDtype, refuseFile, refuseTensor } from "../../formats/refusal.ts";

/**
 * Keras' first format: below `root` a group for each layer, in the order of the root's `layer_names`, and in it a dataset for each of its
 * `weight_names`, `Conv1/kernel:0`.
 */
export function legacyCheckpoint(
  format: string,
  file: Hdf5File,
  root: string,
  model: readonly KerasLayer[] | null,
): Checkpoint {
  const tensors: KerasTensor[] = [];
  const claimed = new Set<string>();
  for (const layer of namesIn(file, root, "layer_names")) {
    const group = join(root, layer);
    if (!file.groups.has(group)) refuseFile("weights/file-structure", `the group ${quote(group)}`, "none");
    const names = namesIn(file, group, "weight_names");
    // The group of a nested model contains its weights, under the names of its layers.
    const nested = new Set(names.map((name) => kerasRole(name).layer)).size > 1;
    for (const name of names) {
      const path = join(group, name);
      const { layer: prefix, role } = kerasRole(name);
      const owner = nested ? prefix : layer;
      const found = file.tensors.get(path);
      const type = file.passedOver.get(path);
      if (found !== undefined) {
        // The names that Keras shows. The user's map uses the same names.
        tensors.push({ layer: owner, role, tensor: { ...found, name: `${owner}/${role}` } });
      } else if (type === undefined) refuseTensor("weights/file-structure", path, "its numbers in the file", "none");
      // A count of seen batches or a state of a random generator.
      else if (type !== "whole numbers" || role === "kernel") refuseDtype(path, type);
      claimed.add(path);
    }
  }
  const others = [...file.tensors].filter(([path]) => !claimed.has(path)).map(([, tensor]) => tensor);
  const checkpoint = kerasCheckpoint(format, tensors, model, () => true);
  return { ...checkpoint, others: [...checkpoint.others, ...others] };
}

function join(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** Reads a list of names. HDF5 limits an attribute to 64 KiB, so Keras splits a longer list into numbered parts. */
function namesIn(file: Hdf5File, group: string, attribute: string): readonly string[] {
  const texts = file.texts.get(group);
  const names = [...(texts?.get(attribute) ?? [])];
  let parts = 0;
  for (let part = texts?.get(`${attribute}0`); part !== undefined; part = texts?.get(`${attribute}${parts}`)) {
    for (const name of part) names.push(name);
    parts += 1;
  }
  const seen = new Set<string>();
  for (const name of names) {
    const place = `in ${quote(attribute)} of ${quote(group)}`;
    if (seen.has(name)) refuseFile("weights/file-structure", `each name once ${place}`, `${quote(name)} twice`);
    seen.add(name);
  }
  return names;
}
