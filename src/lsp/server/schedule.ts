/** Work that waits for a pause. Asking for it again starts the wait again. */
export interface Schedule {
  readonly later: (key: string) => void;
  readonly drop: (key: string) => void;
}

/** Runs the work of a key once `milliseconds` have passed since it was last asked for. */
export function createSchedule(milliseconds: number, work: (key: string) => void): Schedule {
  const timers = new Map<string, NodeJS.Timeout>();
  const drop = (key: string): void => {
    clearTimeout(timers.get(key));
    timers.delete(key);
  };
  return {
    later(key) {
      drop(key);
      const run = (): void => {
        timers.delete(key);
        work(key);
      };
      timers.set(key, setTimeout(run, milliseconds));
    },
    drop,
  };
}

/** Lets waiting messages be read first, since a change or a cancellation may make the next answer stale. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
