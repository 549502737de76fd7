import { outputsView } from "./result-view.ts";
import { describeOutputs } from "./describe-outputs.ts";
import type { Outputs } from "../../running/runner.ts";
import type { RunControls } from "./run-controls.ts";
import type { RunHost } from "../compiler/run-host.ts";
import { seenInput, type SeenInput } from "./run-input.ts";
import { openSession, type RunSession } from "./run-session.ts";

/** Keeps the loaded network, and shows its results. */
export interface SessionKeeper {
  /** Null if no network is loaded. */
  readonly current: () => RunSession | null;
  /** Returns the open session. If there is none, opens one and shows the outputs of its first run. */
  readonly open: (signal: AbortSignal) => Promise<RunSession>;
  /** Frees the memory of the session on its device. */
  readonly close: () => void;
  /** Marks the shown results as those of an earlier network. */
  readonly markStale: () => void;
}

/** Returns a keeper without an open session. */
export function createSessionKeeper(host: RunHost, controls: RunControls): SessionKeeper {
  let session: RunSession | null = null;
  let isStale = false;
  const forgetStale = (): void => {
    if (isStale) for (const place of ["times", "dispatches", "comparison"] as const) controls.show(place, null);
    isStale = false;
    controls.setStale(false);
  };
  return {
    current: () => session,
    async open(signal) {
      if (session !== null) return session;
      session = await openSession({
        host,
        backend: controls.backend(),
        inputFor: (build) => seenInput(controls.input(), build),
        onStep: stepper(controls, signal),
        onLost(sentence) {
          session = null;
          controls.sayProblem(sentence);
        },
      });
      signal.throwIfAborted();
      forgetStale();
      controls.say(showOutputs(controls, session, session.seen, session.times.outputs));
      return session;
    },
    close() {
      session?.runner.close();
      session = null;
    },
    markStale() {
      isStale = true;
      controls.setStale(true);
    },
  };
}

/** Returns a function that shows the progress of a task. It throws after the task is stopped. */
export function stepper(controls: RunControls, signal: AbortSignal): (text: string) => void {
  return (text) => {
    signal.throwIfAborted();
    controls.say(text);
  };
}

/** Shows the outputs of a run beside its input. Returns a sentence that describes them. */
export function showOutputs(controls: RunControls, { build }: RunSession, seen: SeenInput, outputs: Outputs): string {
  controls.showInput(seen);
  controls.show("outputs", outputsView(outputs, build));
  const [first, ...others] = describeOutputs(outputs, build.labels, 1);
  const best = others.length === 0 ? first?.top[0] : undefined;
  return best === undefined
    ? `Ran on ${seen.name}.`
    : `The network reads ${seen.name} as ${best.label} (${best.value}).`;
}
