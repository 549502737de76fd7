import { elementsOf } from "../../../ir/shape.ts";
import type { KernelOption } from "../kernels/kernel-option.ts";
import { readsOf, type Schedule, type Step } from "../schedule/schedule.ts";

/**
 * Returns an option's cost where values and weights are stored as the schedule says. An option counts bytes as if all were
 * float32: half of them go where all is `f16`, and values that stay float32 keep theirs. What caches deliver shrinks by the same
 * share, about.
 */
export function storedCost({ cost }: KernelOption, step: Step, { values, precision }: Schedule): KernelOption["cost"] {
  if (precision === "f32") return cost;
  const wide = [...readsOf(step), step.output]
    .flatMap((value) => values[value] ?? [])
    .filter(({ type }) => type === "f32");
  const wideElements = wide.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  const bytes = Math.min(cost.bytes, cost.bytes / 2 + 2 * wideElements);
  return { ...cost, bytes, traffic: (cost.traffic * bytes) / cost.bytes };
}
