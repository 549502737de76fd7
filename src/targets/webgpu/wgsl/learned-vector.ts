import { tensorData } from "../../../weights/read-tensor.ts";
import type { StorageType } from "../schedule/storage-type.ts";
import { inputBinding, type PackedWeight } from "./binding.ts";

/** Binds a tensor of one number per channel, as it is stored: `gamma` or `beta` of the layer at a path. */
export function learnedVector(
  layer: string,
  slot: "gamma" | "beta",
  channels: number,
  lanes: 1 | 4,
  type: StorageType,
): PackedWeight {
  return {
    ...inputBinding(slot, lanes, channels, { type, view: null }),
    layer,
    slot,
    layout: "C",
    pack: ({ store }) => tensorData(store, `${layer}/${slot}`, [channels]),
  };
}
