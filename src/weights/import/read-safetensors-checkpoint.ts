import type { FileResult } from "../../formats/file-problem.ts";
import { readSafetensors } from "../../formats/safetensors.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { mnetCheckpoint } from "./mnet-checkpoint.ts";
import { torchCheckpoint } from "./torch-checkpoint.ts";

/**
 * Reads a checkpoint in safetensors: a file of mnet, which its metadata identifies, or a PyTorch state dict. Integer
 * tensors (`num_batches_tracked`) are ignored.
 */
export function readSafetensorsCheckpoint(bytes: Uint8Array): FileResult<Checkpoint> {
  const result = readSafetensors(bytes, { skipIntegers: true });
  if (!result.ok) return result;
  const { tensors, metadata } = result.value;
  const isOurs = metadata.get("format") === "mnet";
  return { ok: true, value: isOurs ? mnetCheckpoint(tensors) : torchCheckpoint(tensors) };
}
