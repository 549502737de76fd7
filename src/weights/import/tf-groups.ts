import { sameShape } from "../../ir/shape.ts";
import { identity, type Affine } from "./affine.ts";
import type { TfLinear } from "./tf-layer.ts";

/**
 * Combines convs over slices of one value into one grouped conv. tf.js has no grouped conv, so a graph has one conv
 * per group and concatenates their results. Returns null if the convs do not read the slices of one value in order.
 */
export function mergeGroups(parts: readonly TfLinear[]): TfLinear | null {
  const [first] = parts;
  if (first === undefined || parts.length < 2) return null;
  const { op, piece, kernel, channels, name } = first;
  const alike = parts.every(
    (part, group) =>
      part.op === op &&
      sameShape(part.kernel.shape, kernel.shape) &&
      (part.bias === null) === (first.bias === null) &&
      piece !== null &&
      part.piece?.parent === piece.parent &&
      (group === 0 || part.piece.from > parts[group - 1]!.piece!.from),
  );
  if (!alike) return null;
  const data = new Float32Array(kernel.data.length * parts.length);
  const filters = channels * parts.length;
  for (const [group, part] of parts.entries()) {
    for (let i = 0; i < part.kernel.data.length; i++) {
      data[Math.floor(i / channels) * filters + group * channels + (i % channels)] = part.kernel.data[i]!;
    }
  }
  return {
    op,
    name: name.replace(/\/group0$/, ""),
    kernel: { name: kernel.name, shape: [...kernel.shape.slice(0, -1), filters], data },
    channels: filters,
    groups: parts.length,
    affine: joined(parts),
    bias: first.bias,
    piece: null,
  };
}

function joined(parts: readonly TfLinear[]): Affine {
  if (parts.every(({ affine }) => affine === identity)) return identity;
  const all = (of: (affine: Affine) => Float64Array) =>
    Float64Array.from(
      parts.flatMap(({ affine, channels }) => {
        const values = of(affine);
        return values.length === 1 ? Array.from({ length: channels }, () => values[0]!) : [...values];
      }),
    );
  return { scale: all(({ scale }) => scale), shift: all(({ shift }) => shift) };
}
