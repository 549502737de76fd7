import { activationName } from "./activation-name.ts";
import type { NetworkContext } from "./network-context.ts";

/** Returns the activation that most layers of the network have, as a spec writes it; null if none has one. */
export function usualActivation({ steps }: NetworkContext): string | null {
  const counts = new Map<string, number>();
  for (const { act, norm } of steps) {
    // Layers without a norm are gates and heads.
    if (act === null || norm === null) continue;
    const name = activationName(act);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  let best: string | null = null;
  for (const [name, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = name;
  return best;
}
