import { profileDispatches } from "../../bench/contenders.js";
import { timing } from "../../bench/timing.ts";
import { compareRuns } from "./compare-runs.ts";
import { comparisonView } from "./comparison-view.ts";
import { describeOutputs, type Outputs } from "./describe-outputs.ts";
import { dispatchView } from "./dispatch-view.ts";
import { findAdapter } from "./find-adapter.ts";
import { outputsView, timesView } from "./result-view.ts";
import { createRunControls } from "./run-controls.ts";
import type { RunHost } from "../compiler/run-host.ts";
import { seenInput, type SeenInput } from "./run-input.ts";
import { openSession, openTfjsOrCpu, type RunSession } from "./run-session.ts";
import { timeRunners } from "./runner.ts";

export interface RunPanel {
  readonly element: HTMLElement;
  /** The network that `host.build` gives is another now. */
  readonly networkChanged: () => void;
  /** Frees what lies on devices. */
  readonly destroy: () => void;
}

/** Runs the network in the page: on pictures and drawn digits, dispatch by dispatch, and beside tf.js. */
export function createRunPanel(host: RunHost): RunPanel {
  const controls = createRunControls({
    run: () => void task(run),
    timeDispatches: () => void task(timeDispatches),
    compare: () => void task(compare),
    stop: () => running?.abort("Stopped."),
    inputChanged: () => void task(runAgain),
  });
  let session: RunSession | null = null;
  let running: AbortController | null = null;
  let inputIsNew = false;
  let isStale = false;

  const inputCameMeanwhile = () => inputIsNew;
  const closeSession = () => {
    session?.runner.close();
    session = null;
  };
  /** One at a time: they share the device, and times taken side by side mean nothing. */
  const task = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    if (running !== null) {
      inputIsNew ||= work === runAgain;
      return;
    }
    running = new AbortController();
    const { signal } = running;
    inputIsNew = false;
    controls.setBusy(true);
    controls.sayProblem("");
    try {
      await work(signal);
    } catch (cause) {
      if (!signal.aborted) {
        controls.say("");
        controls.sayProblem(cause instanceof Error ? cause.message : String(cause));
      }
    }
    running = null;
    controls.setBusy(false);
    if (signal.aborted) {
      closeSession();
      controls.say(String(signal.reason));
    } else if (inputCameMeanwhile()) await task(runAgain);
  };

  const showOutputs = ({ build }: RunSession, seen: SeenInput, outputs: Outputs): string => {
    controls.showInput(seen);
    controls.show("outputs", outputsView(outputs, build));
    const [first, ...others] = describeOutputs(outputs, build.labels, 1);
    const best = others.length === 0 ? first?.top[0] : undefined;
    return best === undefined
      ? `Ran on ${seen.name}.`
      : `${best.label} (${best.value}) is what is read of ${seen.name}.`;
  };
  /** The session at hand, or a new one, with what its first run gave on show. */
  const openedSession = async (signal: AbortSignal): Promise<RunSession> => {
    if (session !== null) return session;
    const lost = (sentence: string) => {
      session = null;
      controls.sayProblem(sentence);
    };
    session = await openSession(
      host,
      controls.backend(),
      (build) => seenInput(controls.input(), build),
      step(signal),
      lost,
    );
    signal.throwIfAborted();
    if (isStale) for (const place of ["times", "dispatches", "comparison"] as const) controls.show(place, null);
    isStale = false;
    controls.setStale(false);
    controls.say(showOutputs(session, session.seen, session.times.outputs));
    return session;
  };
  /** Says how far it is, and goes no further where nobody waits for it any more. */
  const step = (signal: AbortSignal) => (text: string) => {
    signal.throwIfAborted();
    controls.say(text);
  };

  const run = async (signal: AbortSignal) => {
    closeSession();
    const opened = await openedSession(signal);
    const { runner, times, seen } = opened;
    const say = step(signal);
    const [own] = await timeRunners([runner], seen.values, (done, rounds) => {
      say(`Ran ${done} of ${rounds} times.`);
    });
    controls.show(
      "times",
      timesView([
        ["Compiling the network", times.compiled],
        [`Getting ready (${runner.title})`, times.opened],
        ["First run", times.first],
        ["Further runs", timing(own?.milliseconds ?? [])],
      ]),
    );
    say(showOutputs(opened, seen, times.outputs));
  };

  /** On another input, where the network is ready. */
  const runAgain = async (signal: AbortSignal) => {
    if (session === null) return;
    const again = session;
    const seen = seenInput(controls.input(), again.build);
    const outputs = await again.runner.run(seen.values);
    step(signal)(showOutputs(again, seen, outputs));
  };

  const timeDispatches = async (signal: AbortSignal) => {
    const { build, webgpu } = await openedSession(signal);
    if (webgpu === null) throw new Error("Dispatches are timed on WebGPU only.");
    const { values } = seenInput(controls.input(), build);
    const { model, plan } = webgpu;
    const total = plan.dispatches.length;
    const say = step(signal);
    const times = await profileDispatches(model, values, (done) => say(`Timed ${done} of ${total} dispatches.`));
    const dispatches = plan.dispatches.map(({ layers, kernel }, index) => ({
      layers,
      kernel: plan.kernels[kernel]?.file ?? "",
      milliseconds: (times[index]?.nanoseconds ?? 0) / 1e6,
    }));
    controls.show("dispatches", dispatchView(dispatches, build.lines));
  };

  const compare = async (signal: AbortSignal) => {
    const { build, runner } = await openedSession(signal);
    const seen = seenInput(controls.input(), build);
    const say = step(signal);
    // The same network with the same weights: what changes it stops this.
    say("Compiling the network for tf.js");
    const graphBuild = await host.build({ webgpu: false, tfjs: true, device: "generic" });
    const other = await openTfjsOrCpu(graphBuild, controls.backend(), seen.values, say);
    try {
      say(`${runner.title} and ${other.runner.title} run in turn.`);
      const [ours, theirs] = await timeRunners([runner, other.runner], seen.values, (done, rounds) => {
        say(`Round ${done} of ${rounds}: ${runner.title} and ${other.runner.title} in turn.`);
      });
      const comparison = compareRuns(ours!, theirs!);
      controls.show("comparison", comparisonView(comparison));
      say(comparison.sentence);
    } finally {
      other.runner.close();
    }
  };

  void findAdapter().then((found) => {
    const webgpu = typeof found !== "string";
    const timestamps = webgpu && found.adapter.features.has("timestamp-query");
    controls.setAbilities({ webgpu, timestamps, notice: noticeOf(found, timestamps) });
  });
  return {
    element: controls.element,
    networkChanged() {
      isStale = true;
      controls.setStale(true);
      if (running !== null) {
        running.abort(CHANGED);
        return;
      }
      if (session !== null) controls.say(CHANGED);
      closeSession();
    },
    destroy() {
      running?.abort("");
      if (running === null) closeSession();
    },
  };
}

const CHANGED = "The network has changed; run it again.";

function noticeOf(found: Awaited<ReturnType<typeof findAdapter>>, timestamps: boolean): string {
  if (typeof found === "string") return `${found} Run uses tf.js, on WebAssembly.`;
  const { name, isSoftware } = found;
  return [
    isSoftware
      ? `A software adapter plays the GPU here (${name}): results are right, and come slowly.`
      : `WebGPU runs on ${name}.`,
    ...(timestamps ? [] : ["It has no time stamps, so dispatches cannot be timed one by one."]),
  ].join(" ");
}
