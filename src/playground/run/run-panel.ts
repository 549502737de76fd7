import type { RunHost } from "../compiler/run-host.ts";
import { orUnavailable, UnavailableError } from "../../machine/unavailable-error.ts";
import { findAdapter, type FoundAdapter } from "../../running/page/find-adapter.ts";
import { createRunControls } from "./run-controls.ts";
import { createRunTasks } from "./run-tasks.ts";
import { createSessionKeeper } from "./session-keeper.ts";
import { createTaskLine } from "./task-line.ts";

export interface RunPanel {
  readonly element: HTMLElement;
  /** Tells the panel that `host.build` now returns another network. */
  readonly networkChanged: () => void;
  /** Frees the memory on devices. */
  readonly destroy: () => void;
}

const CHANGED = "The network has changed. Run it again.";

/**
 * Returns the panel that runs the network in the page. It runs the network on pictures and drawn digits, times each
 * dispatch, and compares it with tf.js.
 */
export function createRunPanel(host: RunHost): RunPanel {
  const controls = createRunControls({
    run: () => line.start(tasks.run),
    timeDispatches: () => line.start(tasks.timeDispatches),
    compare: () => line.start(tasks.compare),
    stop: () => line.stop("Stopped."),
    inputChanged: () => line.startNext(tasks.runAgain),
  });
  const sessions = createSessionKeeper(host, controls);
  const tasks = createRunTasks(host, controls, sessions);
  const line = createTaskLine({
    busy(isBusy) {
      controls.setBusy(isBusy);
      if (isBusy) controls.sayProblem("");
    },
    failed(cause) {
      controls.say("");
      controls.sayProblem(cause instanceof Error ? cause.message : String(cause));
    },
    stopped(reason) {
      sessions.close();
      controls.say(reason);
    },
  });
  void orUnavailable(findAdapter()).then((found) => {
    const webgpu = !(found instanceof UnavailableError);
    const timestamps = webgpu && found.adapter.features.has("timestamp-query");
    controls.setAbilities({ webgpu, timestamps, notice: noticeOf(found, timestamps) });
  });
  return {
    element: controls.element,
    networkChanged() {
      sessions.markStale();
      if (line.isBusy()) {
        line.stop(CHANGED);
        return;
      }
      if (sessions.current() !== null) controls.say(CHANGED);
      sessions.close();
    },
    destroy() {
      if (line.isBusy()) line.stop("");
      else sessions.close();
    },
  };
}

function noticeOf(found: FoundAdapter | UnavailableError, timestamps: boolean): string {
  if (found instanceof UnavailableError) return `${found.message} Run uses tf.js, on WebAssembly.`;
  const { name, isSoftware } = found;
  return [
    isSoftware
      ? `WebGPU runs on a software adapter (${name}): results are right, but runs are slow.`
      : `WebGPU runs on ${name}.`,
    ...(timestamps ? [] : ["It has no time stamps, so dispatches cannot be timed one by one."]),
  ].join(" ");
}
