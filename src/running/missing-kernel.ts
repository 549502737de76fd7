/** Returns true for the error of a tf.js backend that lacks a kernel of the network. */
export function lacksKernel(cause: unknown): boolean {
  return cause instanceof Error && /not registered for the backend/.test(cause.message);
}

/**
 * Works on a backend of tf.js or, where that lacks a kernel, on its slow `cpu` backend, which has them all.
 *
 * @param backend the backend that is asked first
 * @param work works on the backend that it is given
 */
export async function orOnCpu<B extends string, T>(backend: B, work: (backend: B | "cpu") => Promise<T>): Promise<T> {
  try {
    return await work(backend);
  } catch (cause) {
    if (!lacksKernel(cause) || backend === "cpu") throw cause;
    return work("cpu");
  }
}
