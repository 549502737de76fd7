import { profileDispatches } from "../../bench/profile-dispatches.ts";
import { timing } from "../../bench/timing.ts";
import type { RunHost } from "../compiler/run-host.ts";
import { compareRuns } from "./compare-runs.ts";
import { comparisonView } from "./comparison-view.ts";
import { dispatchView } from "./dispatch-view.ts";
import { timesView } from "./result-view.ts";
import type { RunControls } from "./run-controls.ts";
import { seenInput } from "./run-input.ts";
import { openTfjsOrCpu } from "./run-session.ts";
import { timeRunners } from "./time-runners.ts";
import { type SessionKeeper, showOutputs, stepper } from "./session-keeper.ts";
import type { Task } from "./task-line.ts";

/** The tasks that the panel can start. */
export interface RunTasks {
  /** Compiles the network again, runs it, and times further runs. */
  readonly run: Task;
  /** Runs the loaded network on the chosen input. Does nothing if no network is loaded. */
  readonly runAgain: Task;
  /** Times each dispatch separately. Throws if the network does not run on WebGPU. */
  readonly timeDispatches: Task;
  /** Runs the network and its tf.js model in alternating rounds. */
  readonly compare: Task;
}

/** Returns the tasks of a panel. They show their results in its controls. */
export function createRunTasks(host: RunHost, controls: RunControls, sessions: SessionKeeper): RunTasks {
  return {
    async run(signal) {
      sessions.close();
      const opened = await sessions.open(signal);
      const { runner, times, seen } = opened;
      const say = stepper(controls, signal);
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
      say(showOutputs(controls, opened, seen, times.outputs));
    },
    async runAgain(signal) {
      const session = sessions.current();
      if (session === null) return;
      const seen = seenInput(controls.input(), session.build);
      const outputs = await session.runner.run(seen.values);
      stepper(controls, signal)(showOutputs(controls, session, seen, outputs));
    },
    async timeDispatches(signal) {
      const { build, webgpu } = await sessions.open(signal);
      if (webgpu === null) throw new Error("Dispatches are timed on WebGPU only.");
      const { values } = seenInput(controls.input(), build);
      const { model, plan } = webgpu;
      const total = plan.dispatches.length;
      const say = stepper(controls, signal);
      const times = await profileDispatches(model, values, (done) => say(`Timed ${done} of ${total} dispatches.`));
      const dispatches = plan.dispatches.map(({ layers, kernel }, index) => ({
        layers,
        kernel: plan.kernels[kernel]?.file ?? "",
        milliseconds: (times[index]?.nanoseconds ?? 0) / 1e6,
      }));
      controls.show("dispatches", dispatchView(dispatches, build.lines));
    },
    async compare(signal) {
      const { build, runner } = await sessions.open(signal);
      const seen = seenInput(controls.input(), build);
      const say = stepper(controls, signal);
      say("Compiling the network for tf.js");
      // A change of the network stops this task, so both builds have the same network and weights.
      const graphBuild = await host.build({ webgpu: false, tfjs: true, device: "generic" });
      const other = await openTfjsOrCpu(graphBuild, controls.backend(), seen.values, say);
      try {
        const inTurn = `${runner.title} and ${other.runner.title}`;
        say(`${inTurn} run in turn.`);
        const [ours, theirs] = await timeRunners([runner, other.runner], seen.values, (done, rounds) => {
          say(`Round ${done} of ${rounds}: ${inTurn} in turn.`);
        });
        const comparison = compareRuns(ours!, theirs!);
        controls.show("comparison", comparisonView(comparison));
        say(comparison.sentence);
      } finally {
        other.runner.close();
      }
    },
  };
}
