import { Option, type Command } from "commander";
import type { CompiledNetwork } from "../../compile.ts";
import { printable } from "../../diagnostics/printable.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import { elementsOf } from "../../ir/shape.ts";
import { restartWithAdapter } from "../../gpu/restart-with-adapter.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { alignColumns } from "../print/align-columns.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { type WeightOptions, withWeightOptions } from "../options/weight-options.ts";
import { chooseWeights } from "../run/choose-weights.ts";
import { type Fit, fits, readImage, readTensor } from "../run/read-input.ts";
import { orUnavailable, UnavailableError } from "../../machine/unavailable-error.ts";
import { openRunner, type RunTarget, runTargets } from "../../running/node/open-runner.ts";
import type { Outputs } from "../../running/runner.ts";
import { unavailableFailure } from "../failure/unavailable-failure.ts";
import { withTuning } from "../options/tuning-file.ts";
import { failWithFindings } from "../print/report-findings.ts";
import {
  type ProgramOptions,
  programOptionsOf,
  refuseProgramOptions,
  withProgramOptions,
} from "../options/program-options.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { createProgress, printData, printError, printJson } from "../print/terminal.ts";
import { areProbabilities, type TopClass, topClasses } from "../../reference/top-classes.ts";
import { counted } from "../../text/counted.ts";
import { percent } from "../../text/percent.ts";

interface RunOptions extends SpecOptions, WeightOptions, ProgramOptions {
  readonly image?: string;
  readonly input?: string;
  readonly fit: Fit;
  readonly target: RunTarget;
  readonly json?: true;
}

function readInput(options: RunOptions, graph: ShapedGraph): Promise<Float32Array> {
  if (options.image !== undefined) return readImage(options.image, graph, options.fit);
  if (options.input !== undefined) return Promise.resolve(readTensor(options.input, graph));
  throw new CliError("Nothing to run on", {
    hint: "Give a picture with --image FILE, or a raw tensor with --input FILE.f32.",
  });
}

function notFinite(outputs: Outputs): readonly string[] {
  return [...outputs].flatMap(([name, values]) => {
    const count = Array.from(values).filter((value) => !Number.isFinite(value)).length;
    return count === 0
      ? []
      : [`Output "${name}" holds ${count} of ${values.length} values that are not finite numbers`];
  });
}

/** Writes the largest values as lines, in percent where they are probabilities. */
function renderTop(top: readonly TopClass[], values: ArrayLike<number>): string {
  const isShare = areProbabilities(values);
  const rows = top.map(({ index, label, value }) => [
    isShare ? percent(value, 2) : value.toPrecision(6),
    String(index),
    printable(label ?? ""),
  ]);
  return alignColumns(rows, ["right", "right", "left"]);
}

function printOutputs(outputs: Outputs, graph: ShapedGraph): void {
  for (const [name, values] of outputs) {
    printData(`${name} (${counted(values.length, "value")})`);
    printData(renderTop(topClasses(values, name === "output" ? graph.labels : null), values));
  }
}

async function runNetwork(
  spec: string,
  options: RunOptions,
): Promise<{ readonly outputs: Outputs; readonly graph: ShapedGraph } | null> {
  const json = options.json === true;
  const compiled = await compileSpec(spec, options, { json, asserts: "refuse" });
  if (compiled === null) return null;
  const graph = compiled.value.training;
  const input = await readInput(options, graph);
  const weights = await chooseWeights(options, compiled, json);
  if (weights === null) return null;
  const progress = createProgress();
  progress.step(`running ${graph.name}, ${elementsOf(graph.input.shape)} numbers in`);
  try {
    const { value: runner, diagnostics } = await openOn(options, compiled.value, weights);
    if (runner === null) {
      failWithFindings({ diagnostics, sources: compiled.sources }, json);
      return null;
    }
    try {
      return { outputs: await runner.run(input), graph };
    } finally {
      runner.close();
    }
  } finally {
    progress.end();
  }
}

/** Opens the network on the target of the options. Where this machine lacks something, the hint names other targets. */
async function openOn(options: RunOptions, network: CompiledNetwork, weights: WeightStore) {
  const opened = await orUnavailable(
    withTuning(programOptionsOf(options), (plan) => openRunner(options.target, network, weights, plan)),
  );
  if (!(opened instanceof UnavailableError)) return opened;
  throw unavailableFailure(opened, {
    adapter: " Or choose --target tfjs.",
    feature: " With --target interp the interpreter rounds as the program would.",
  });
}

export function addRun(program: Command): void {
  const command = withProgramOptions(withSpecOptions(program.command("run")), "as the adapter is")
    .summary("run a network on an image or a tensor")
    .description("Runs a network on an image or a raw tensor, and prints the five largest values of each output.")
    .argument("<spec>", "a file, or - for stdin")
    .addOption(new Option("--image <file>", "a picture, normalised as the input of the spec says").conflicts("input"))
    .option("--input <file>", "raw little-endian float32, NHWC, as the network sees it")
    .addOption(
      new Option("--fit <how>", "how a picture is brought to the size of the input").choices(fits).default("cover"),
    )
    .addOption(new Option("--target <target>", "what to run on").choices(runTargets).default("webgpu"))
    .option("--json", "all values, as JSON");
  withWeightOptions(command, "random weights from this seed (default: 0)").action(
    async (spec: string, options: RunOptions) => {
      if (options.target === "tfjs") refuseProgramOptions(options);
      if (options.target === "webgpu") {
        const status = await restartWithAdapter();
        if (status !== null) {
          process.exitCode = status;
          return;
        }
      }
      const ran = await runNetwork(spec, options);
      if (ran === null) return;
      const { outputs, graph } = ran;
      if (options.json === true) {
        printJson({
          target: options.target,
          outputs: Object.fromEntries([...outputs].map(([name, values]) => [name, Array.from(values)])),
          top: topClasses(outputs.get("output") ?? [], graph.labels),
        });
      } else printOutputs(outputs, graph);
      const faults = notFinite(outputs);
      for (const fault of faults) printError(fault, "Check the weights: mnet weights inspect FILE.");
      process.exitCode = faults.length > 0 ? exitCode.findings : exitCode.clean;
    },
  );
}
