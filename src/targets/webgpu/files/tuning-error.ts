/** A tuning record was made for something else than what is planned with it. */
export class TuningError extends Error {
  override readonly name = "TuningError";
}
