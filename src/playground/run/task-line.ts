/** Work that can be stopped: it asks `signal` before each step, and throws where nobody waits for it any more. */
export type Task = (signal: AbortSignal) => Promise<void>;

/** Hears what becomes of tasks. */
export interface TaskEvents {
  readonly busy: (isBusy: boolean) => void;
  readonly failed: (cause: unknown) => void;
  /** Called after a task was stopped, with the reason that was given. */
  readonly stopped: (reason: string) => void;
}

/** Runs one task at a time: tasks share the device, and times that are taken side by side mean nothing. */
export interface TaskLine {
  readonly isBusy: () => boolean;
  /** Starts a task. Does nothing while another runs. */
  readonly start: (task: Task) => void;
  /** Starts a task now, or after the one that runs. Of the tasks that wait only the last is kept. */
  readonly startNext: (task: Task) => void;
  /** Stops the task that runs, and drops the one that waits. */
  readonly stop: (reason: string) => void;
}

/** Makes a line without tasks. */
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
