import { fileProblem, type FileResult } from "../../formats/file-problem.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ReadHdf5 } from "../../formats/hdf5-file.ts";
import { isHdf5 } from "../../formats/hdf5-superblock.ts";
import { readKerasArchive, readKerasHdf5 } from "./read-keras.ts";
import { readSafetensorsCheckpoint } from "./read-safetensors-checkpoint.ts";
import { readTfjs } from "./read-tfjs.ts";
import type { ReadBeside } from "../../formats/tfjs-manifest.ts";

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);

/** The functions that a reader calls for access to other files. */
export interface Reach {
  /** The shards that a tf.js model names. */
  readonly readBeside: ReadBeside;
  /**
   * Reads HDF5. The reading of a damaged file may never end, so the caller can run it in a thread that it can stop.
   */
  readonly readHdf5: ReadHdf5;
}

/** Reads a checkpoint of any known format. The first bytes determine the format. */
export async function readCheckpoint(
  bytes: Uint8Array,
  { readBeside, readHdf5 }: Reach,
): Promise<FileResult<Checkpoint>> {
  if (isHdf5(bytes)) return readKerasHdf5(bytes, readHdf5);
  if (startsWith(bytes, [0x50, 0x4b])) return readKerasArchive(bytes, readHdf5);
  // The last byte of the header length in a safetensors file must be 0. The first byte alone does not identify the
  // format.
  const text = bytes[7] !== 0;
  if (text && startsWith(bytes, [0x7b])) return readTfjs(bytes, readBeside);
  // The opcode at the start of a pickle.
  if (text && bytes[0] === 0x80) {
    const found = "a PyTorch pickle; save it again with safetensors.torch.save_file";
    return { ok: false, problem: fileProblem("weights/file-format", "a checkpoint mnet can read", found) };
  }
  return readSafetensorsCheckpoint(bytes);
}
