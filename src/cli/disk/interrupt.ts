const cleanups = new Set<() => void>();
const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

function listen(): void {
  for (const [signal, number] of Object.entries(signals)) {
    process.once(signal, () => {
      for (const cleanup of cleanups) cleanup();
      process.exit(128 + number);
    });
  }
}

/** Runs `cleanup` if the process is interrupted. The returned function calls that off. */
export function onInterrupt(cleanup: () => void): () => void {
  if (cleanups.size === 0 && process.listenerCount("SIGINT") === 0) listen();
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}
