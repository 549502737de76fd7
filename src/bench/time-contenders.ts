import type { Runner } from "../running/runner.ts";
import type { WebgpuRunner } from "../running/webgpu-runner.ts";
import type { ContenderTimes } from "./bench-host.ts";
import type { ContenderName } from "./contender-names.ts";
import { firstRun } from "./first-run.ts";
import { profileDispatches } from "./profile-dispatches.ts";
import { timeInTurn } from "./time-in-turn.ts";

/** Opens each contender. */
export type ContenderOpeners = Readonly<Record<Exclude<ContenderName, "mnet">, () => Promise<Runner>>> & {
  readonly mnet: () => Promise<WebgpuRunner>;
};

/** Times contenders in this process, on one image. */
export function timeContenders(openers: ContenderOpeners, image: Float32Array): ContenderTimes {
  return {
    async first(name) {
      const { runner, outputs, opened, first } = await firstRun<Runner>(openers[name], image);
      runner.close();
      return { milliseconds: opened + first, output: outputs.get("output") ?? [] };
    },
    async steady(names, effort) {
      const runners: Runner[] = [];
      try {
        for (const name of names) runners.push(await openers[name]());
        const times = await timeInTurn(runners, image, effort);
        return times.map(({ outputs, milliseconds }) => ({ output: outputs.get("output") ?? [], milliseconds }));
      } finally {
        for (const runner of runners) runner.close();
      }
    },
    async profile() {
      const { model, close } = await openers.mnet();
      try {
        return await profileDispatches(model, image);
      } finally {
        close();
      }
    },
  };
}
