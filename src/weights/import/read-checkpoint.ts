import { fileProblem, type FileResult } from "../../formats/file-problem.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ReadHdf5 } from "../../formats/hdf5-file.ts";
import { isHdf5 } from "../../formats/hdf5-superblock.ts";
import { readKerasArchive, readKerasHdf5 } from "./read-keras.ts";
import { readSafetensorsCheckpoint } from "./read-safetensors-checkpoint.ts";
import { readTfjs } from "./read-tfjs.ts";
import type { ReadBeside } from "../../formats/tfjs-manifest.ts";

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);

/** What a reader needs of the outside. */
export interface Reach {
  /** The shards that a tf.js model names. */
  readonly readBeside: ReadBeside;
  /** Reads HDF5. It can hang over a damaged file, so the caller chooses a place where that does no harm. */
  readonly readHdf5: ReadHdf5;
}

/** A checkpoint of any kind that is known, told by its first bytes. */
export async function readCheckpoint(
  bytes: Uint8Array,
  { readBeside, readHdf5 }: Reach,
): Promise<FileResult<Checkpoint>> {
  if (isHdf5(bytes)) return readKerasHdf5(bytes, readHdf5);
  if (startsWith(bytes, [0x50, 0x4b])) return readKerasArchive(bytes, readHdf5);
  // The last byte of the header's length in safetensors. Without this test the first byte could be anything.
  const text = bytes[7] !== 0;
  if (text && startsWith(bytes, [0x7b])) return readTfjs(bytes, readBeside);
  // The protocol that opens a pickle.
  if (text && bytes[0] === 0x80) {
    const found = "a PyTorch pickle; write it anew with safetensors.torch.save_file";
    return { ok: false, problem: fileProblem("weights/file-format", "a checkpoint mnet can read", found) };
  }
  return readSafetensorsCheckpoint(bytes);
}
