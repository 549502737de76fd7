import { Option, type Command } from "commander";
import type { CompiledNetwork } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { version } from "../../version.ts";
import { CliError, exitCode } from "../cli-error.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { type PlanOptionValues, withPlanOptions } from "../options/plan-options.ts";
import { refuseOptions, refuseProgramOptions } from "../options/program-options.ts";
import {
  emitTfjsFiles,
  emitTfjsInferFiles,
  emitTfjsModelFiles,
  emitWebgpuProgram,
  type Emission,
} from "../run/emit-target.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import type { Quantization } from "../../targets/tfjs/models/quantize.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { chooseWeights, type WeightOptions, withWeightOptions } from "../options/load-weights.ts";
import { describeFile } from "../disk/manifest.ts";
import { writeOutputDirectory } from "../disk/output-directory.ts";
import type { QuantizationLoss } from "../run/quantization-loss.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { createProgress, printJson, printNote } from "../print/terminal.ts";

interface BuildOptions extends SpecOptions, WeightOptions, PlanOptionValues {
  readonly target: "tfjs" | "webgpu";
  readonly out?: string;
  readonly lang?: "ts" | "js";
  readonly mode?: "train" | "infer";
  readonly quantize?: Quantization;
  readonly json?: true;
}

function describeBuild(out: string, files: readonly EmittedFile[]): string {
  const bytes = files.reduce((sum, file) => sum + describeFile(file).bytes, 0);
  const size = bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const [first = "", ...rest] = files.map((file) => file.path);
  return `${out}: ${first}${rest.length === 0 ? "" : ` and ${rest.length} more`}, ${size}`;
}

/** The module; with weights also the models that tf.js loads as they are. */
async function emitTfjs(
  network: CompiledNetwork,
  options: BuildOptions,
  weights: WeightStore | null,
): Promise<Emission> {
  const language = options.lang ?? "ts";
  const module =
    options.mode === "infer" && weights !== null
      ? await emitTfjsInferFiles(network, { language, weights })
      : await emitTfjsFiles(network, { language, weights });
  if (weights === null) return module;
  const models = await emitTfjsModelFiles(network, weights, options.quantize ?? null);
  const { reportFoldedNorms } = await import("../../weights/folded-norms.ts");
  const folded = options.mode === "infer" ? [] : reportFoldedNorms(network.training, weights);
  return {
    files: [...module.files, ...models.files],
    diagnostics: [...module.diagnostics, ...models.diagnostics, ...folded],
  };
}

/** Options that mean nothing for the other target would be ignored in silence. */
function refuseStray(options: BuildOptions): void {
  const { target, mode, quantize, maxDispatches, maxMemory } = options;
  if (target === "tfjs") {
    refuseProgramOptions(options);
    const budgets = { "--max-dispatches": maxDispatches, "--max-memory": maxMemory };
    refuseOptions(budgets, "A tf.js module plans no dispatches.");
    return;
  }
  const stray = mode !== undefined ? "--mode" : quantize !== undefined ? "--quantize" : null;
  if (stray !== null) {
    throw new CliError(`${stray} is for --target tfjs`, {
      hint: "WebGPU folders always predict; --precision f16 stores them in half the bytes.",
    });
  }
}

async function measureLoss(
  network: CompiledNetwork,
  weights: WeightStore,
  quantization: Quantization | undefined,
): Promise<QuantizationLoss | null> {
  if (quantization === undefined) return null;
  const { quantizationLoss } = await import("../run/quantization-loss.ts");
  return quantizationLoss(network, weights, quantization);
}

function describeLoss({ layers, graph }: QuantizationLoss, quantization: string): string {
  const percent = (loss: number) => `${(loss * 100).toPrecision(2)} %`;
  return `${quantization} kernels change the output by ${percent(layers)} of its largest value in the layers model and ${percent(graph)} in the graph model, on one random image`;
}

export function addBuild(program: Command): void {
  const command = withSpecOptions(program.command("build"))
    .summary("compile to tf.js or WebGPU")
    .description(
      "Compiles a network to a tf.js module or to a stand-alone WebGPU folder. The folder is replaced as a whole: of what it holds, only files that an earlier build wrote are deleted.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .addOption(new Option("--target <target>", "what to compile to").choices(["tfjs", "webgpu"]).makeOptionMandatory())
    .option("--out <dir>", "folder to write (default: build/<network>/<target>)")
    .addOption(new Option("--lang <lang>", "language of the tf.js module (default: ts)").choices(["ts", "js"]))
    .addOption(
      new Option(
        "--mode <mode>",
        "what the tf.js module is for: a model that trains, or one that only predicts, on folded weights, faster (default: train)",
      ).choices(["train", "infer"]),
    )
    .addOption(
      new Option(
        "--quantize <type>",
        "store the kernels of the tf.js models in fewer bytes; what it does to the output is measured and said",
      ).choices(["float16", "uint8"]),
    )
    .option("--json", "what was written, as JSON");
  withWeightOptions(
    withPlanOptions(command),
    "random weights from this seed (default for webgpu and --mode infer: 0)",
  ).action(async (spec: string, options: BuildOptions) => {
    const json = options.json === true;
    refuseStray(options);
    const compiled = await compileSpec(spec, options, { json, asserts: "refuse" });
    if (compiled === null) return;
    const wanted =
      options.weights !== undefined ||
      options.seed !== undefined ||
      options.mode === "infer" ||
      options.quantize !== undefined ||
      options.target === "webgpu";
    const weights = wanted ? await chooseWeights(options, compiled, json) : null;
    if (wanted && weights === null) return;
    const { value, sources } = compiled;
    const progress = createProgress();
    progress.step(`compiling ${value.training.name} to ${options.target}`);
    const { files, diagnostics } =
      options.target === "webgpu" && weights !== null
        ? await emitWebgpuProgram(value, weights, options)
        : await emitTfjs(value, options, weights);
    progress.end();
    if (hasErrors(diagnostics)) {
      failWithFindings({ diagnostics, sources }, json);
      return;
    }
    noteFindings({ diagnostics, sources });
    const { name, params } = value.training;
    const out = options.out ?? `build/${name}/${options.target}`;
    writeOutputDirectory(out, files, { generator: `mnet ${version}`, network: name, target: options.target, params });
    const loss = weights === null ? null : await measureLoss(value, weights, options.quantize);
    const written = { network: name, target: options.target, out, files: files.map((file) => file.path) };
    if (json) printJson({ ...written, ...(loss === null ? {} : { quantizationLoss: loss }) });
    else printNote(describeBuild(out, files));
    if (loss !== null) printNote(describeLoss(loss, options.quantize ?? ""));
    process.exitCode = exitCode.clean;
  });
}
