/** Returns true if the error says that a tf.js backend lacks a kernel of the network. */
export function lacksKernel(cause: unknown): boolean {
  return cause instanceof Error && /not registered for the backend/.test(cause.message);
}

/**
 * Calls `work` for a backend of tf.js. If that backend lacks a kernel, calls it again for the slow `cpu` backend,
 * which has every kernel.
 *
 * @param backend the backend that is tried first
 * @param work does the work on the given backend
 */
export async function orOnCpu<B extends string, T>(backend: B, work: (backend: B | "cpu") => Promise<T>): Promise<T> {
  try {
    return await work(backend);
  } catch (cause) {
    if (!lacksKernel(cause) || backend === "cpu") throw cause;
    return work("cpu");
  }
}
