/** The things that a machine can lack: an installed package, a WebGPU adapter, or a feature of the adapter. */
export type Lack = "package" | "adapter" | "feature";

/** Thrown if this machine lacks something that the command requires. The hint says what to install or use instead. */
export class UnavailableError extends Error {
  readonly lack: Lack;
  /** What the user can do, in one sentence. */
  readonly hint: string;

  constructor(lack: Lack, message: string, hint: string) {
    super(message);
    this.name = "UnavailableError";
    this.lack = lack;
    this.hint = hint;
  }
}

/**
 * Waits for work. If this machine lacks something, returns the error, for callers that can continue without it.
 *
 * @throws every other error of the work
 */
export async function orUnavailable<T>(work: Promise<T>): Promise<T | UnavailableError> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof UnavailableError) return cause;
    throw cause;
  }
}
