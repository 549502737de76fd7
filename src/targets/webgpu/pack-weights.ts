import { crc32 } from "../../weights/crc32.ts";
import type { WeightStore } from "../../weights/tensor.ts";
import { alignOffset, type LimitProfile } from "./limits.ts";
import type { PlanWeight } from "./plan-schema.ts";
import { weightBinder } from "./weight-binder.ts";
import type { PackedWeight } from "./wgsl/kernel-program.ts";

export interface PackedWeights {
  readonly bytes: Uint8Array;
  readonly entries: readonly PlanWeight[];
  readonly buffers: readonly { readonly offset: number; readonly size: number }[];
  /** Indices into `entries`, by program. */
  readonly ofProgram: readonly (readonly number[])[];
}

/** Lays all weights one behind the other, each at a legal binding offset, and cuts the file where a GPU buffer is full. */
export function packWeights(
  programs: readonly { readonly weights: readonly PackedWeight[] }[],
  store: WeightStore,
  limits: LimitProfile,
): PackedWeights {
  let size = 0;
  const buffers: { offset: number; size: number }[] = [];
  const slots = programs.map(({ weights }) =>
    weights.map((weight) => {
      const bytes = 4 * weight.elements;
      const offset = alignOffset(size);
      let buffer = buffers.at(-1);
      if (buffer === undefined || offset + bytes - buffer.offset > limits.maxBufferSize) {
        buffer = { offset, size: 0 };
        buffers.push(buffer);
      }
      buffer.size = offset + bytes - buffer.offset;
      size = offset + bytes;
      return { weight, offset, size: bytes, buffer: buffers.length - 1 };
    }),
  );
  const bind = weightBinder(store);
  const bytes = new Uint8Array(size);
  const entries: PlanWeight[] = [];
  const ofProgram = slots.map((group) =>
    group.map(({ weight, offset, size: length, buffer }) => {
      const values = weight.pack(bind);
      if (values.length !== weight.elements) {
        throw new Error(
          `internal: ${weight.layer}/${weight.slot} packs ${values.length} values, planned ${weight.elements}`,
        );
      }
      writeLittleEndian(bytes, offset, values);
      const { layer, slot, layout } = weight;
      const hash = crc32(bytes.subarray(offset, offset + length));
      return entries.push({ layer, slot, layout, buffer, offset, size: length, crc32: hash }) - 1;
    }),
  );
  return { bytes, entries, buffers, ofProgram };
}

function writeLittleEndian(bytes: Uint8Array, offset: number, values: Float32Array): void {
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat32(offset + 4 * i, values[i] ?? 0, true);
}
