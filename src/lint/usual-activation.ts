import type { ActivationName } from "../ir/activation.ts";
import type { NetworkContext } from "./network-context.ts";

/** Returns the activation that most layers of the network have; null if none has one. */
export function usualActivation({ steps }: NetworkContext): ActivationName | null {
  const counts = new Map<ActivationName, number>();
  for (const { act, norm } of steps) {
    // Layers without a norm are gates and heads.
    if (act !== null && norm !== null) counts.set(act.activation.fn, (counts.get(act.activation.fn) ?? 0) + 1);
  }
  let best: ActivationName | null = null;
  for (const [name, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = name;
  return best;
}
