import type { BatchNormFold } from "../ir/norm-fold.ts";
import type { WeightTensor } from "../formats/tensor.ts";
import type { WeightSlot } from "../ir/op-definition.ts";

/**
 * Returns the weights of a batch norm that computes exactly `x * scale + shift`. With scale 1, such a norm represents
 * a norm that was folded into a kernel. The root of variance + eps is a power of two, so rounding the variance to
 * float32 moves the factor by less than 2^-25 of it, and a kernel folded with it again has the same float32 numbers.
 * Returns null if the norm has no gamma and no variance gives `scale`.
 */
export function unitNorm(
  norm: BatchNormFold,
  scale: ArrayLike<number>,
  shift: ArrayLike<number>,
): readonly WeightTensor[] | null {
  const channels = shift.length;
  let root = 1;
  while (root * root < 2 * norm.eps) root *= 2;
  const vector = (value: (c: number) => number) => Float32Array.from({ length: channels }, (_unused, c) => value(c));
  const variance = vector((c) => (norm.scale ? root * root : 1 / scale[c]! ** 2) - norm.eps);
  if (!norm.scale && !variance.every((value, c) => scale[c]! > 0 && value >= 0 && Number.isFinite(value))) return null;
  const tensor = (slot: WeightSlot["name"], data: Float32Array): WeightTensor => ({
    name: `${norm.path}/${slot}`,
    shape: [channels],
    data,
  });
  return [
    ...(norm.scale
      ? [
          tensor(
            "gamma",
            vector((c) => scale[c]! * root),
          ),
        ]
      : []),
    ...(norm.center
      ? [
          tensor(
            "beta",
            vector((c) => shift[c]!),
          ),
        ]
      : []),
    tensor("mean", norm.center ? vector(() => 0) : vector((c) => -shift[c]! / scale[c]!)),
    tensor("variance", variance),
  ];
}
