/** Thrown if a tensor that a computation needs is missing or has another shape than the network states. */
export class WeightError extends Error {
  override readonly name = "WeightError";
  readonly tensor: string;
  readonly expected: string;
  readonly found: string;

  constructor(tensor: string, expected: string, found: string) {
    super(`Weight "${tensor}": expected ${expected}, found ${found}.`);
    this.tensor = tensor;
    this.expected = expected;
    this.found = found;
  }
}
