/** What a network may cost at most; what is not given is not limited. */
export interface Budget {
  /** Trainable weights. */
  readonly parameters?: number;
  /** Of one image. */
  readonly multiplyAdds?: number;
  /** Bytes of live activations, float32, as `assert memory` counts them. */
  readonly peakMemory?: number;
  /** Bytes of the folded weights as float32. */
  readonly weightBytes?: number;
}

/** Budgets by a network's name; `*` is every network's, and a name's own limits go before it. */
export type Budgets = Readonly<Record<string, Budget>>;

export function budgetOf(budgets: Budgets, network: string): Budget {
  const own = Object.hasOwn(budgets, network) ? budgets[network] : undefined;
  return { ...budgets["*"], ...own };
}
