import { type FirstRun, firstRun } from "../../bench/first-run.ts";
import { orUnavailable, UnavailableError } from "../../machine/unavailable-error.ts";
import { orOnCpu } from "../../running/missing-kernel.ts";
import { findAdapter } from "../../running/page/find-adapter.ts";
import { openPageWebgpu, type PageEvents } from "../../running/page/open-webgpu.ts";
import type { Outputs, Runner } from "../../running/runner.ts";
import type { WebgpuRunner } from "../../running/webgpu-runner.ts";
import type { RunBuild, RunHost } from "../compiler/run-host.ts";
import { bytesOf } from "./build-files.ts";
import type { SeenInput } from "./run-input.ts";
import type { TfjsBackend } from "./tfjs-libraries.ts";
import { openTfjs } from "./tfjs-runner.ts";

/** A network that is loaded in the page, and its first run. */
export interface RunSession {
  readonly build: RunBuild;
  readonly runner: Runner;
  /** The runner on WebGPU, or null if the network runs on tf.js instead. */
  readonly webgpu: WebgpuRunner | null;
  /** The input of the first run. */
  readonly seen: SeenInput;
  /** Times in milliseconds, and the outputs of the first run. */
  readonly times: {
    readonly compiled: number;
    readonly opened: number;
    readonly first: number;
    readonly outputs: Outputs;
  };
}

/** The arguments for opening a session. */
export interface SessionRequest extends PageEvents {
  readonly host: RunHost;
  /** The backend of tf.js that is used if the browser has no WebGPU adapter. */
  readonly backend: TfjsBackend;
  /** Returns the input of the first run for the built network. */
  readonly inputFor: (build: RunBuild) => SeenInput;
}

/** Builds the network, loads it and runs it once: on WebGPU if there is an adapter, else with tf.js. */
export async function openSession(request: SessionRequest): Promise<RunSession> {
  const { host, backend, inputFor, onStep } = request;
  const found = await orUnavailable(findAdapter());
  const missing = found instanceof UnavailableError;
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
  const open = () => openPageWebgpu(bytesOf(build.webgpu), found, request);
  const { runner, ...times } = await firstRun(open, seen.values);
  return { build, runner, webgpu: runner, seen, times: { compiled, ...times } };
}

/**
 * Loads the network in tf.js on a backend and runs it once. If the backend lacks a kernel of the network, uses the
 * slow `cpu` backend instead.
 */
export function openTfjsOrCpu(
  build: RunBuild,
  backend: TfjsBackend,
  image: Float32Array,
  onStep: (text: string) => void,
): Promise<FirstRun<Runner>> {
  return orOnCpu(backend, (tried) => firstRun(() => openTfjs(build, tried, onStep), image));
}
