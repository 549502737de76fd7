import type { OpenRunner } from "../run-options.ts";

/** What a network can run on in this process. */
export const runTargets = ["webgpu", "tfjs", "interp"] as const;
export type RunTarget = (typeof runTargets)[number];

/** Loads the opener of each target when it is first asked for. */
const openers: Readonly<Record<RunTarget, () => Promise<OpenRunner>>> = {
  webgpu: async () => (await import("./open-webgpu.ts")).openNodeWebgpu,
  tfjs: async () => (await import("./open-tfjs.ts")).openNodeTfjs,
  interp: async () => (await import("../interpreter-runner.ts")).openInterpreter,
};

/** Makes a network ready to run on a target in this process, as {@link OpenRunner} does. The caller closes the runner. */
export async function openRunner(target: RunTarget, ...network: Parameters<OpenRunner>): ReturnType<OpenRunner> {
  const open = await openers[target]();
  return open(...network);
}
