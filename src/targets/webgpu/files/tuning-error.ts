/** Thrown for a tuning record that was made for another network, device or program than the one planned with it. */
export class TuningError extends Error {
  override readonly name = "TuningError";
}
