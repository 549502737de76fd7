/** Work that waits for a pause: asked for again before its time, it waits anew. */
export interface Schedule {
  readonly later: (key: string) => void;
  readonly drop: (key: string) => void;
}

/** Runs the work of each key when `milliseconds` have passed without its being asked for again. */
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

/** Lets messages that have come in meanwhile be read first: a change or a cancellation makes work that waits stale. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
