import { crc32 } from "../../../formats/crc32.ts";
import { halfBits } from "../../../formats/half.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import { alignOffset, type LimitProfile } from "../schedule/limits.ts";
import type { PlanWeight } from "../files/plan-schema.ts";
import type { StorageType } from "../schedule/storage-type.ts";
import { weightBinder } from "../wgsl/weight-binder.ts";
import { bindingBytes, type PackedWeight } from "../wgsl/binding.ts";

/** A weight with a number that is too large for the type it is stored as. */
export interface WeightOverflow {
  readonly layer: string;
  readonly slot: string;
  /** The first such number. */
  readonly value: number;
}

export interface PackedWeights {
  readonly bytes: Uint8Array;
  readonly entries: readonly PlanWeight[];
  readonly buffers: readonly { readonly offset: number; readonly size: number }[];
  /** For each program the indices of its weights in `entries`. */
  readonly ofProgram: readonly (readonly number[])[];
  readonly overflows: readonly WeightOverflow[];
}

const HALF_INFINITY = 0x7c00;

/** Lays all weights one after the other, each at a legal binding offset, and cuts the file where a GPU buffer is full. */
export function packWeights(
  programs: readonly { readonly weights: readonly PackedWeight[] }[],
  store: WeightStore,
  limits: LimitProfile,
): PackedWeights {
  let size = 0;
  const buffers: { offset: number; size: number }[] = [];
  const slots = programs.map(({ weights }) =>
    weights.map((weight) => {
      const bytes = bindingBytes(weight);
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
  const overflows: WeightOverflow[] = [];
  const ofProgram = slots.map((group) =>
    group.map(({ weight, offset, size: length, buffer }) => {
      const values = weight.pack(bind);
      if (values.length !== weight.elements) {
        throw new Error(
          `internal: ${weight.layer}/${weight.slot} packs ${values.length} values, planned ${weight.elements}`,
        );
      }
      const { layer, slot, layout, type } = weight;
      const beyond = write[type](bytes, offset, values);
      if (beyond !== null) overflows.push({ layer, slot, value: beyond });
      const hash = crc32(bytes.subarray(offset, offset + length));
      return entries.push({ layer, slot, layout, buffer, offset, size: length, type, crc32: hash }) - 1;
    }),
  );
  return { bytes, entries, buffers, ofProgram, overflows };
}

/** Writes numbers, little-endian, and returns the first that becomes infinite; null where none does. */
const write: Readonly<Record<StorageType, (bytes: Uint8Array, offset: number, values: Float32Array) => number | null>> =
  {
    f32(bytes, offset, values) {
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < values.length; i++) view.setFloat32(offset + 4 * i, values[i]!, true);
      return null;
    },
    f16(bytes, offset, values) {
      const view = new DataView(bytes.buffer);
      let beyond: number | null = null;
      for (let i = 0; i < values.length; i++) {
        const bits = halfBits(values[i]!);
        if ((bits & 0x7fff) === HALF_INFINITY) beyond ??= values[i]!;
        view.setUint16(offset + 2 * i, bits, true);
      }
      return beyond;
    },
  };
