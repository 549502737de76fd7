import { loadavg } from "node:os";
import { Option, type Command } from "commander";
import type { BenchHost, FirstTime } from "../../bench/bench-host.ts";
import type { BenchNetwork } from "../../bench/bench-network.ts";
import { type ContenderName, contenderNames } from "../../bench/contender-names.ts";
import type { ContenderReport } from "../../bench/compare-contenders.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { emitTarget } from "../../targets/index.ts";
import type { Plan } from "../../targets/webgpu/files/plan-schema.ts";
import { restartWithAdapter } from "../../gpu/restart-with-adapter.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { type WeightOptions, withWeightOptions } from "../options/weight-options.ts";
import { chooseWeights } from "../run/choose-weights.ts";
import { missingFeature } from "../../gpu/missing-feature.ts";
import { noAdapter } from "../../gpu/no-adapter.ts";
import { randomImage } from "../../running/random-image.ts";
import { parseSeconds } from "../options/parse-seconds.ts";
import { type ProgramOptions, readProgramOptions, withProgramOptions } from "../options/program-options.ts";
import { type ProfiledDispatch, renderComparison, renderProfile } from "../print/render-bench.ts";
import { failWithFindings } from "../print/report-findings.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { createProgress, type Progress, printData, printJson } from "../print/terminal.ts";

interface BenchOptions extends SpecOptions, WeightOptions, ProgramOptions {
  readonly browser?: true;
  readonly profile?: true;
  readonly seconds: number;
  /** Times only the first run of this contender, in this process. The command starts itself again with this option. */
  readonly firstOf?: ContenderName;
  readonly json?: true;
}

const FEWEST_ROUNDS = 5;
const MOST_ROUNDS = 201;

async function prepare(spec: string, options: BenchOptions) {
  const json = options.json === true;
  const compiled = await compileSpec(spec, options, { json, asserts: "refuse" });
  if (compiled === null) return null;
  // Any weights take the same time, so random ones are no reason for a warning.
  const weights = await chooseWeights({ seed: 0, ...options }, compiled, json);
  if (weights === null) return null;
  const { value, sources } = compiled;
  const { files, diagnostics } = await emitTarget("webgpu", value, weights, await readProgramOptions(options));
  if (hasErrors(diagnostics)) {
    failWithFindings({ diagnostics, sources }, json);
    return null;
  }
  const { benchNetwork } = await import("../../bench/bench-network.ts");
  return benchNetwork(value, weights, files, randomImage(value.training, 0));
}

async function openHost(network: BenchNetwork, options: BenchOptions): Promise<BenchHost> {
  if (options.browser === true) {
    const { browserHost } = await import("../../bench/browser-host.ts");
    return browserHost(network);
  }
  const { nodeHost } = await import("../../bench/node-host.ts");
  const host = await nodeHost(network, options.firstOf === undefined ? (name) => ["--first-of", name] : null);
  if (host !== null) return host;
  throw noAdapter();
}

/** Returns the circumstances that times were taken under, without which they mean nothing. */
function circumstances({ title, adapter }: BenchHost, load: number) {
  return { host: title, adapter: adapter.name, isSoftware: adapter.isSoftware, load };
}

async function planOf(network: BenchNetwork): Promise<Plan> {
  const { fileOf } = await import("../../bench/bench-network.ts");
  const { planSchema } = await import("../../targets/webgpu/files/plan-schema.ts");
  return planSchema.parse(JSON.parse(new TextDecoder().decode(fileOf(network, "mnet/plan.json"))));
}

async function profile(host: BenchHost, plan: Plan): Promise<readonly ProfiledDispatch[]> {
  const times = await host.profile();
  return times.map(({ nanoseconds, repeats }, index) => {
    const dispatch = plan.dispatches[index];
    if (dispatch === undefined) throw new Error(`internal: dispatch ${index} is not in the plan`);
    const { layers, kernel, workgroups } = dispatch;
    const file = plan.kernels[kernel]?.file ?? "";
    return { index, layers, kernel: file, workgroups, microseconds: nanoseconds / 1000, repeats };
  });
}

/** Times a network and prints the times. Returns the exit code. */
async function benchNetworkOf(network: BenchNetwork, options: BenchOptions, progress: Progress): Promise<number> {
  const load = loadavg()[0] ?? 0;
  progress.step(`${network.name}: opening ${options.browser === true ? "Chromium" : "an adapter"}`);
  const host = await openHost(network, options);
  try {
    const { name } = network;
    const plan = await planOf(network);
    const missing = plan.requires.features.find((feature) => !host.adapter.features.includes(feature));
    if (missing !== undefined) throw missingFeature(host.adapter.name, missing);
    const around = { network: name, ...circumstances(host, load) };
    if (options.firstOf !== undefined) {
      const { milliseconds, output }: FirstTime = await host.first(options.firstOf);
      process.stdout.write(JSON.stringify({ milliseconds, output: Array.from(output) }));
    } else if (options.profile === true) {
      progress.step(`${name}: timing dispatches one by one`);
      const dispatches = await profile(host, plan);
      progress.end();
      if (options.json === true) printJson({ ...around, dispatches });
      else printData(renderProfile(around, dispatches));
    } else {
      const { compareContenders, toleranceOf } = await import("../../bench/compare-contenders.ts");
      const effort = { seconds: options.seconds, fewest: FEWEST_ROUNDS, most: MOST_ROUNDS };
      const step = (text: string) => progress.step(`${name}: ${text}`);
      const contenders: readonly ContenderReport[] = await compareContenders(host, effort, step, toleranceOf(plan));
      progress.end();
      if (options.json === true) printJson({ ...around, contenders });
      else printData(renderComparison(around, contenders));
      if (contenders.some(({ status }) => status === "differs")) return exitCode.findings;
    }
    return exitCode.clean;
  } finally {
    await host.close();
  }
}

export function addBench(program: Command): void {
  const command = withProgramOptions(withSpecOptions(program.command("bench")), "generic")
    .summary("time WebGPU beside tf.js and ONNX Runtime")
    .description(
      "Runs mnet's WebGPU program, tf.js's layers and graph models on WebGPU and, in Chromium and where it is installed, onnxruntime-web on one image and one adapter: a first run each in a process of its own, then all in turn, round after round. Prints medians and how many times as long as mnet's each takes.",
    )
    .argument("<spec>", "a file")
    .option("--browser", "run in pages of Chromium in place of Node")
    .option("--profile", "time only the dispatches of mnet, one by one")
    .addOption(new Option("--seconds <n>", "about how long the rounds take").argParser(parseSeconds).default(20))
    .addOption(new Option("--first-of <name>").choices(contenderNames).hideHelp())
    .option("--json", "the figures as JSON");
  withWeightOptions(command, "random weights from this seed (default: 0)").action(
    async (spec: string, options: BenchOptions) => {
      if (spec === "-")
        throw new CliError("A bench starts further processes, which cannot read stdin", { hint: "Give a file." });
      if (options.browser !== true) {
        const status = await restartWithAdapter();
        if (status !== null) {
          process.exitCode = status;
          return;
        }
      }
      const progress = createProgress();
      try {
        const network = await prepare(spec, options);
        if (network === null) return;
        process.exitCode = await benchNetworkOf(network, options, progress);
      } finally {
        progress.end();
      }
    },
  );
}
