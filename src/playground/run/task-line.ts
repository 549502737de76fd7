/** Work that can be stopped: it checks `signal` before each step, and throws if it was aborted. */
export type Task = (signal: AbortSignal) => Promise<void>;

/** The functions that are called with the results of tasks. */
export interface TaskEvents {
  readonly busy: (isBusy: boolean) => void;
  readonly failed: (cause: unknown) => void;
  /** Called with the given reason after a task was stopped. */
  readonly stopped: (reason: string) => void;
}

/** Runs one task at a time. Tasks share the device, so times of simultaneous tasks would mean nothing. */
export interface TaskLine {
  readonly isBusy: () => boolean;
  /** Starts a task. Does nothing while another runs. */
  readonly start: (task: Task) => void;
  /** Starts a task now, or after the running one. Only the last of several waiting tasks is kept. */
  readonly startNext: (task: Task) => void;
  /** Stops the running task and drops the waiting one. */
  readonly stop: (reason: string) => void;
}

/** Returns a queue without tasks. */
export function createTaskLine({ busy, failed, stopped }: TaskEvents): TaskLine {
  let running: AbortController | null = null;
  let next: Task | null = null;

  async function perform(task: Task, controller: AbortController): Promise<void> {
    const { signal } = controller;
    running = controller;
    busy(true);
    try {
      await task(signal);
    } catch (cause) {
      if (!signal.aborted) failed(cause);
    }
    running = null;
    busy(false);
    const waiting = next;
    next = null;
    if (signal.aborted) stopped(String(signal.reason));
    else if (waiting !== null) await perform(waiting, new AbortController());
  }

  const start = (task: Task): void => {
    if (running === null) void perform(task, new AbortController());
  };
  return {
    isBusy: () => running !== null,
    start,
    startNext(task) {
      if (running === null) start(task);
      else next = task;
    },
    stop: (reason) => running?.abort(reason),
  };
}
