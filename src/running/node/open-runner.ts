import type { OpenRunner } from "../run-options.ts";

/** The targets on which a network can run in this process. */
export const runTargets = ["webgpu", "tfjs", "interp"] as const;
export type RunTarget = (typeof runTargets)[number];

/** For each target, the import of its opener, which is loaded at the first use. */
const openers: Readonly<Record<RunTarget, () => Promise<OpenRunner>>> = {
  webgpu: async () => (await import("./open-webgpu.ts")).openNodeWebgpu,
  tfjs: async () => (await import("./open-tfjs.ts")).openNodeTfjs,
  interp: async () => (await import("../interpreter-runner.ts")).openInterpreter,
};

/**
 * Returns a runner for a network on a target in this process; see {@link OpenRunner}. The caller must close the
 * runner.
 */
export async function openRunner(target: RunTarget, ...network: Parameters<OpenRunner>): ReturnType<OpenRunner> {
  const open = await openers[target]();
  return open(...network);
}
