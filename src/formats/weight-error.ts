/** A tensor that a computation needs is missing, or not what the network says it is. */
export class WeightError extends Error {
  override readonly name = "WeightError";
  readonly tensor: string;
  readonly expected: string;
  readonly found: string;

  constructor(tensor: string, expected: string, found: string) {
    super(`Weight "${tensor}" should be ${expected}, and is ${found}.`);
    this.tensor = tensor;
    this.expected = expected;
    this.found = found;
  }
}
