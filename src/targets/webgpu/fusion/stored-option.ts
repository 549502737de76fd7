import { elementsOf } from "../../../ir/shape.ts";
import type { KernelOption } from "../kernels/kernel-option.ts";
import { readsOf, type Schedule, type Step } from "../schedule/schedule.ts";
import { storedAs } from "../wgsl/kernel-program.ts";

/**
 * An option of a step as the schedule stores its values and weights. Options count bytes as if all were float32; of them
 * half go where all is `f16`, and values that stay float32 keep theirs. What caches deliver shrinks by the same share, about.
 */
export function storedOption(option: KernelOption, step: Step, { values, precision }: Schedule): KernelOption {
  if (precision === "f32") return option;
  const typeOf = (value: number) => values[value]?.type ?? "f32";
  const reads = readsOf(step);
  const wide = [...reads, step.output].filter((value) => typeOf(value) === "f32");
  const wideElements = wide.reduce((sum, value) => sum + elementsOf(values[value]?.shape ?? []), 0);
  const { cost } = option;
  const bytes = Math.min(cost.bytes, cost.bytes / 2 + 2 * wideElements);
  return {
    ...option,
    cost: { ...cost, bytes, traffic: (cost.traffic * bytes) / cost.bytes },
    build: () =>
      storedAs(option.build(), { inputs: reads.map(typeOf), weights: precision, output: typeOf(step.output) }),
  };
}
