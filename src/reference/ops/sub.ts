import type { Kernel } from "../kernel.ts";

/** The first value minus each of the others, element by element. */
export const sub: Kernel<"sub"> = (_node, [first, ...others]) => {
  const result = Float64Array.from(first?.data ?? []);
  for (const { data } of others) {
    for (let i = 0; i < result.length; i++) result[i]! -= data[i]!;
  }
  return result;
};
