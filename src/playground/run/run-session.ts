import type { Outputs } from "./describe-outputs.ts";
import { findAdapter } from "./find-adapter.ts";
import type { RunBuild, RunHost } from "../compiler/run-host.ts";
import type { SeenInput } from "./run-input.ts";
import { type FirstRun, firstRun, type PageRunner } from "./runner.ts";
import type { TfjsBackend } from "./tfjs-libraries.ts";
import { lacksKernel, openTfjs } from "./tfjs-runner.ts";
import { openWebgpu, type WebgpuRunner } from "./webgpu-runner.ts";

/** A network that is ready in the page, and its first run. */
export interface RunSession {
  readonly build: RunBuild;
  readonly runner: PageRunner;
  /** The runner; null where tf.js stands in. */
  readonly webgpu: WebgpuRunner | null;
  /** What the first run was on. */
  readonly seen: SeenInput;
  /** Milliseconds. */
  readonly times: {
    readonly compiled: number;
    readonly opened: number;
    readonly first: number;
    readonly outputs: Outputs;
  };
}

/** What a session is opened for. */
export interface SessionRequest {
  readonly host: RunHost;
  /** The backend of tf.js that stands in where the browser has no WebGPU adapter. */
  readonly backend: TfjsBackend;
  /** Makes the input of the first run for the network that was built. */
  readonly inputFor: (build: RunBuild) => SeenInput;
  /** Is told of each step. What it throws ends the opening. */
  readonly onStep: (text: string) => void;
  /** Is told once, in a sentence, when the device is lost. */
  readonly onLost: (sentence: string) => void;
}

/** Builds the network, opens it and runs it once: on WebGPU where there is an adapter, else with tf.js. */
export async function openSession(request: SessionRequest): Promise<RunSession> {
  const { host, backend, inputFor, onStep, onLost } = request;
  const found = await findAdapter();
  const missing = typeof found === "string";
  onStep("Compiling the network");
  const start = performance.now();
  const build = await host.build({
    webgpu: !missing,
    tfjs: missing,
    device: !missing && found.isSoftware ? "software" : "generic",
  });
  const compiled = performance.now() - start;
  const seen = inputFor(build);
  if (missing) {
    const { runner, ...times } = await openTfjsOrCpu(build, backend, seen.values, onStep);
    return { build, runner, webgpu: null, seen, times: { compiled, ...times } };
  }
  const { runner, ...times } = await firstRun(() => openWebgpu(build, found, onStep, onLost), seen.values);
  return { build, runner, webgpu: runner, seen, times: { compiled, ...times } };
}

/** On a backend of tf.js, or on its slow `cpu` where the backend lacks a kernel of the network. */
export async function openTfjsOrCpu(
  build: RunBuild,
  backend: TfjsBackend,
  values: Float32Array,
  onStep: (text: string) => void,
): Promise<FirstRun<PageRunner>> {
  try {
    return await firstRun(() => openTfjs(build, backend, onStep), values);
  } catch (cause) {
    if (!lacksKernel(cause) || backend === "cpu") throw cause;
    return firstRun(() => openTfjs(build, "cpu", onStep), values);
  }
}
