/** Thrown if the input does not have the size that the network reads. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly expected: number;
  readonly found: number;

  constructor(network: string, shape: string, expected: number, found: number) {
    super(`"${network}" reads ${shape}, ${expected} numbers in NHWC order, but the input has ${found}.`);
    this.expected = expected;
    this.found = found;
  }
}
