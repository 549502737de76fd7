import { fileProblem, quote, type FileResult } from "../../formats/file-problem.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ReadHdf5 } from "../../formats/hdf5-file.ts";
import { kerasHdf5, optimizerGroups } from "./keras-hdf5.ts";
import { readKerasModel } from "../../formats/keras-model.ts";
import { numberedCheckpoint } from "./keras-numbered.ts";
import { readJsonObject } from "../../formats/read-json-object.ts";
import { readZip, type ZipFiles } from "../../formats/read-zip.ts";
import { abridged } from "../../text/abridged.ts";
import { attempt, refuseFile } from "../../formats/refusal.ts";

/** Reads an HDF5 file of Keras: a whole model or only its weights, in the old format or that of Keras 3. */
export async function readKerasHdf5(bytes: Uint8Array, readHdf5: ReadHdf5): Promise<FileResult<Checkpoint>> {
  const result = await readHdf5(bytes, optimizerGroups);
  return result.ok ? attempt(() => kerasHdf5(result.value)) : result;
}

const weightsName = "model.weights.h5";
const configName = "config.json";

/** Reads a `.keras` archive: the model's configuration as JSON, and its weights in the format of Keras 3. */
export async function readKerasArchive(bytes: Uint8Array, readHdf5: ReadHdf5): Promise<FileResult<Checkpoint>> {
  const opened = attempt(() => openArchive(bytes));
  if (!opened.ok) return opened;
  const { json, weights } = opened.value;
  const result = await readHdf5(weights, optimizerGroups);
  if (result.ok) {
    return attempt(() => numberedCheckpoint("Keras 3 model", result.value, readKerasModel(json)));
  }
  const { code, tensor, expected, found } = result.problem;
  if (tensor !== null) return result;
  return { ok: false, problem: fileProblem(code, `as ${quote(weightsName)} ${expected}`, found) };
}

function openArchive(bytes: Uint8Array) {
  const files = readZip(bytes);
  // The file format of PyTorch since 1.6.
  if ([...files.keys()].some((name) => name.endsWith("/data.pkl"))) {
    refuseFile(
      "weights/file-format",
      "a checkpoint mnet can read",
      "a PyTorch pickle; save it again with safetensors.torch.save_file",
    );
  }
  const json = readJsonObject(fileOf(files, configName), "weights/file-structure", ` as ${quote(configName)}`);
  return { json, weights: fileOf(files, weightsName) };
}

function fileOf(files: ZipFiles, name: string): Uint8Array {
  const unpack = files.get(name);
  if (unpack === undefined) {
    const names = [...files.keys()];
    const others = names.length === 0 ? "nothing" : abridged(names.map(quote));
    return refuseFile("weights/file-structure", `${quote(name)} in its archive`, others);
  }
  return unpack();
}
