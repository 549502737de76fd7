import { fileProblem } from "../weight-file-problem.ts";
import type { CheckpointResult } from "./checkpoint.ts";
import { readTorch } from "./read-torch.ts";

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte);

/** A checkpoint of any kind that is known, told by its first bytes. */
export function readCheckpoint(bytes: Uint8Array): CheckpointResult {
  const zip = startsWith(bytes, [0x50, 0x4b]);
  // A pickle opens with its protocol.
  if (zip || (bytes[0] === 0x80 && (bytes[1] ?? 0) <= 5 && bytes[2] !== 0)) {
    const found = "a PyTorch pickle or another archive; write it anew with safetensors.torch.save_file";
    return { ok: false, problem: fileProblem("weights/file-format", "a checkpoint mnet can read", found) };
  }
  return readTorch(bytes);
}
