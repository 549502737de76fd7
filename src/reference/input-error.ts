/** The network was given an input of another size. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly expected: number;
  readonly found: number;

  constructor(network: string, shape: string, expected: number, found: number) {
    super(`"${network}" reads ${shape}, ${expected} numbers in NHWC order, and was given ${found}.`);
    this.expected = expected;
    this.found = found;
  }
}
