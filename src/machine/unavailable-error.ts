/** What a machine can lack: a package that is not installed, a WebGPU adapter, or a feature of the adapter. */
export type Lack = "package" | "adapter" | "feature";

/** Says that this machine cannot do what was asked, and what to install or use instead. */
export class UnavailableError extends Error {
  readonly lack: Lack;
  /** What to do, in one sentence. */
  readonly hint: string;

  constructor(lack: Lack, message: string, hint: string) {
    super(message);
    this.name = "UnavailableError";
    this.lack = lack;
    this.hint = hint;
  }
}

/**
 * Waits for work, and returns the error where this machine lacks something, for callers that can go on without.
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
