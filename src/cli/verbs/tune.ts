import { Option, type Command } from "commander";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { type NodeDevice, requestNodeDevice } from "../../gpu/node-device.ts";
import { restartWithAdapter } from "../../gpu/restart-with-adapter.ts";
import type { Precision } from "../../targets/webgpu/plan-choices.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { type CompiledSpec, compileSpec } from "../run/compile-spec.ts";
import { programOption, type ProgramOptions } from "../options/program-options.ts";
import { parseSeconds } from "../options/parse-seconds.ts";
import { renderTuning } from "../print/render-tuning.ts";
import { failWithFindings } from "../print/report-findings.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { createProgress, printData, printJson, printNote, printWarning } from "../print/terminal.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";

interface TuneOptions extends SpecOptions, Omit<ProgramOptions, "tuning"> {
  readonly out: string;
  readonly seconds: number;
  readonly json?: true;
}

/** Opens an adapter that has time stamps and computes in the precision that was asked for. */
async function openAdapter(precision: Precision): Promise<NodeDevice> {
  const gpu = await requestNodeDevice("default", ["timestamp-query", "shader-f16"]);
  const { features } = gpu.device;
  const lacks = !features.has("timestamp-query")
    ? "time stamps, without which one dispatch cannot be timed"
    : precision === "f16" && !features.has("shader-f16")
      ? 'the feature "shader-f16"'
      : null;
  if (lacks === null) return gpu;
  gpu.close();
  throw new CliError(`${gpu.name} lacks ${lacks}`);
}

async function tune({ value, sources }: CompiledSpec, options: TuneOptions): Promise<void> {
  const json = options.json === true;
  const graph = value.inference;
  const precision = options.precision ?? "f32";
  const gpu = await openAdapter(precision);
  const progress = createProgress();
  try {
    if (gpu.isSoftware) printWarning(`A CPU plays the GPU (${gpu.name}): what is chosen is for such adapters only`);
    const device = options.device ?? (gpu.isSoftware ? "software" : "generic");
    const { planNetwork } = await import("../../targets/webgpu/plan-network.ts");
    const { checkLimits } = await import("../../targets/webgpu/plan-details.ts");
    const plan = planNetwork(graph, { device, precision });
    const programs = plan.chosen.map(({ program }) => program);
    const diagnostics = checkLimits(plan.schedule, programs, plan.limits);
    if (hasErrors(diagnostics)) {
      failWithFindings({ diagnostics, sources }, json);
      return;
    }
    const { tuneNetwork } = await import("../../bench/tune-network.ts");
    const step = (text: string) => progress.step(`${graph.name}: ${text}`);
    const tuning = await tuneNetwork(gpu, graph, { limits: plan.limits, device, precision }, options.seconds, step);
    await writeWholeFile(options.out, `${JSON.stringify(tuning.record, null, 2)}\n`);
    progress.end();
    if (json) printJson({ out: options.out, programs: tuning.programs, timed: tuning.timed, record: tuning.record });
    else printData(renderTuning(tuning));
    printNote(`${options.out} written; build with --tuning ${options.out}`);
    process.exitCode = exitCode.clean;
  } finally {
    progress.end();
    gpu.close();
  }
}

export function addTune(program: Command): void {
  withSpecOptions(program.command("tune"))
    .summary("measure which WebGPU programs are fastest here")
    .description(
      "Times on the adapter at hand every program that the cost model holds possible for a step of the network, fused and apart, and writes down which to take. Builds and plans with --tuning FILE go by that record; the same record gives the same bytes.",
    )
    .argument("<spec>", "a file")
    .requiredOption("--out <file>", "file to write the record to")
    .addOption(programOption("device", "software where a CPU plays the GPU, else generic"))
    .addOption(programOption("precision"))
    .addOption(new Option("--seconds <n>", "about how long it may take").argParser(parseSeconds).default(60))
    .option("--json", "print the record as JSON on standard output as well")
    .action(async (spec: string, options: TuneOptions) => {
      if (spec === "-")
        throw new CliError("Tuning may start a second process, which cannot read stdin", { hint: "Give a file." });
      const status = await restartWithAdapter();
      if (status !== null) {
        process.exitCode = status;
        return;
      }
      const compiled = await compileSpec(spec, options, { json: options.json === true, asserts: "show" });
      if (compiled !== null) await tune(compiled, options);
    });
}
