import { readSafetensors } from "../../formats/safetensors.ts";
import type { CheckpointResult } from "./checkpoint.ts";
import { mnetCheckpoint } from "./mnet-checkpoint.ts";
import { torchCheckpoint } from "./torch-checkpoint.ts";

/**
 * A checkpoint in safetensors: mnet's own, told by its notes, or a PyTorch state dict, of which whole numbers
 * (`num_batches_tracked`) are passed over.
 */
export function readSafetensorsCheckpoint(bytes: Uint8Array): CheckpointResult {
  const result = readSafetensors(bytes, { skipIntegers: true });
  if (!result.ok) return result;
  const isOurs = result.metadata.get("format") === "mnet";
  return { ok: true, checkpoint: isOurs ? mnetCheckpoint(result.tensors) : torchCheckpoint(result.tensors) };
}
