import { fileProblem } from "../weight-file-problem.ts";
import type { CheckpointResult } from "./checkpoint.ts";
import { readTfjs } from "./read-tfjs.ts";
import { readTorch } from "./read-torch.ts";
import type { ReadBeside } from "./tfjs-manifest.ts";

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);

/** A checkpoint of any kind that is known, told by its first bytes. `readBeside` gives the shards that a tf.js model names. */
export function readCheckpoint(bytes: Uint8Array, readBeside: ReadBeside): CheckpointResult {
  // The last byte of safetensors' length of the header, without which the first one could be anything.
  const text = bytes[7] !== 0;
  if (text && startsWith(bytes, [0x7b])) return readTfjs(bytes, readBeside);
  // A zip archive, which PyTorch's files are since 1.6, or the protocol that opens a pickle.
  if (startsWith(bytes, [0x50, 0x4b]) || (text && bytes[0] === 0x80)) {
    const found = "a PyTorch pickle or another archive; write it anew with safetensors.torch.save_file";
    return { ok: false, problem: fileProblem("weights/file-format", "a checkpoint mnet can read", found) };
  }
  return readTorch(bytes);
}
