/** The most that a network may cost. A figure that is left out has no limit. */
export interface Budget {
  /** Trainable weights. */
  readonly parameters?: number;
  /** Multiply-adds of one image. */
  readonly multiplyAdds?: number;
  /** Bytes of live activations in float32, as `assert memory` counts them. */
  readonly peakMemory?: number;
  /** Bytes of the folded weights in float32. */
  readonly weightBytes?: number;
}

/** Budgets by the name of a network. `*` is the budget of every network; a network's own figures override it. */
export type Budgets = Readonly<Record<string, Budget>>;

/** Returns the budget of a network: its own figures over those of `*`. */
export function budgetOf(budgets: Budgets, network: string): Budget {
  const own = Object.hasOwn(budgets, network) ? budgets[network] : undefined;
  return { ...budgets["*"], ...own };
}
