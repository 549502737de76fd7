import { Option, type Command } from "commander";
import { type Diagnostic, error } from "../../diagnostics/diagnostic.ts";
import { restartWithAdapter } from "../../gpu/restart-with-adapter.ts";
import { indexNodes, nodeAt, type ShapedGraph } from "../../ir/graph.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { alignColumns } from "../print/align-columns.ts";
import { exitCode } from "../failure/cli-error.ts";
import { type CompiledSpec, compileSpec } from "../run/compile-spec.ts";
import { type WeightOptions, withWeightOptions } from "../options/weight-options.ts";
import { withTuning } from "../options/tuning-file.ts";
import { loadWeights } from "../run/load-weights.ts";
import { orUnavailable, UnavailableError } from "../../machine/unavailable-error.ts";
import { type JudgedLayer, judgeRunner } from "../../running/judge-runner.ts";
import { openRunner } from "../../running/node/open-runner.ts";
import { randomImage } from "../../running/random-image.ts";
import {
  type ProgramOptions,
  programOptionsOf,
  refuseProgramOptions,
  withProgramOptions,
} from "../options/program-options.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { createProgress, type Progress, printData, printError, printJson, printWarning } from "../print/terminal.ts";

const verifiable = ["tfjs", "webgpu"] as const;

interface VerifyOptions extends SpecOptions, WeightOptions, ProgramOptions {
  readonly target?: (typeof verifiable)[number];
  readonly json?: true;
}

interface TargetReport {
  readonly target: string;
  readonly title: string;
  readonly status: "agrees" | "differs" | "skipped";
  /** The reason where it was skipped, else null. */
  readonly reason: string | null;
  /** What the comparison leaves open; null where it leaves nothing open. */
  readonly caveat: string | null;
  readonly layers: readonly JudgedLayer[];
}

/** The findings for which a target refuses the network. */
interface Refusal {
  readonly status: "refused";
  readonly diagnostics: readonly Diagnostic[];
}

async function verifyWeights(options: VerifyOptions, compiled: CompiledSpec): Promise<WeightStore | null> {
  const { training } = compiled.value;
  if (options.weights === undefined) {
    const { randomWeights } = await import("../../weights/random-weights.ts");
    return randomWeights(training, options.seed ?? 0);
  }
  const { value, diagnostics } = await loadWeights(options.weights, training);
  const findings = { diagnostics, sources: compiled.sources };
  if (value === null) failWithFindings(findings, options.json === true);
  else noteFindings(findings);
  return value;
}

async function verifyOne(
  target: (typeof verifiable)[number],
  compiled: CompiledSpec,
  weights: WeightStore,
  image: Float32Array,
  program: ProgramOptions,
): Promise<TargetReport | Refusal> {
  const opened = await orUnavailable(
    withTuning(program, (plan) => openRunner(target, compiled.value, weights, { ...plan, widen: true })),
  );
  if (opened instanceof UnavailableError) {
    return { target, title: target, status: "skipped", reason: opened.message, caveat: null, layers: [] };
  }
  const { value: runner, diagnostics } = opened;
  if (runner === null) return { status: "refused", diagnostics };
  try {
    const layers = await judgeRunner(runner, compiled.value, weights, image);
    const agrees = layers.every((layer) => layer.comparison.agrees);
    const { title, caveat } = runner;
    return { target, title, status: agrees ? "agrees" : "differs", reason: null, caveat, layers };
  } finally {
    runner.close();
  }
}

function firstDifference(report: TargetReport): JudgedLayer | undefined {
  return report.layers.find((layer) => !layer.comparison.agrees);
}

function worst(report: TargetReport): JudgedLayer | undefined {
  const share = ({ comparison }: JudgedLayer) =>
    comparison.agrees ? comparison.maxError / comparison.bound : Infinity;
  return report.layers.reduce<JudgedLayer | undefined>(
    (most, layer) => (most === undefined || share(layer) > share(most) ? layer : most),
    undefined,
  );
}

function jsonReport(report: TargetReport) {
  const layers = report.layers.map(({ path, covers, comparison }) => ({ path, covers, ...comparison }));
  return { ...report, layers, firstDifference: layers.find((layer) => !layer.agrees) ?? null };
}

function renderReports(network: string, reports: readonly TargetReport[]): string {
  const rows = reports.map((report) => {
    const most = worst(report);
    const closest =
      most === undefined
        ? (report.reason ?? "")
        : `closest to its bound: ${most.path}, off by ${most.comparison.maxError.toPrecision(3)} of ${most.comparison.bound.toPrecision(3)}`;
    return [report.title, report.status, `${report.layers.length} values`, closest];
  });
  return `${network}, against the interpreter (float64)\n${alignColumns(rows, ["left", "left", "right", "left"])}`;
}

/** Returns a finding for each target that differs, at the first layer that does. */
function differences(reports: readonly TargetReport[], training: ShapedGraph) {
  const index = indexNodes(training);
  return reports.flatMap((report) => {
    const first = firstDifference(report);
    if (first === undefined) return [];
    const message = `"${first.path}" differs on ${report.title}: ${first.comparison.reason ?? ""}`;
    const hint = "Please report this with the spec: the layers before it agree.";
    return [error("verify/differs", nodeAt(index, first.node).span, message, { hint })];
  });
}

async function verifyNetwork(spec: string, options: VerifyOptions, progress: Progress): Promise<void> {
  const json = options.json === true;
  const compiled = await compileSpec(spec, options, { json, asserts: "refuse" });
  if (compiled === null) return;
  const { training } = compiled.value;
  const weights = await verifyWeights(options, compiled);
  if (weights === null) return;
  const image = randomImage(training, options.seed ?? 0);
  const program = options.tuning === undefined ? { device: "generic" as const } : {};
  const reports: TargetReport[] = [];
  for (const target of options.target === undefined ? verifiable : [options.target]) {
    progress.step(`${training.name}: running ${target} layer by layer`);
    const report = await verifyOne(target, compiled, weights, image, { ...program, ...programOptionsOf(options) });
    if (report.status === "refused") {
      failWithFindings({ diagnostics: report.diagnostics, sources: compiled.sources }, json);
      return;
    }
    reports.push(report);
  }
  progress.end();
  if (json) printJson({ network: training.name, reports: reports.map(jsonReport) });
  else printData(renderReports(training.name, reports));
  noteFindings({ diagnostics: differences(reports, training), sources: compiled.sources });
  for (const { caveat } of reports) if (caveat !== null) printWarning(caveat);
  const skipped = reports.filter((report) => report.status === "skipped");
  for (const { target, reason } of skipped) {
    const text = `${target} was SKIPPED, so nothing is known about it: ${reason ?? ""}`;
    if (process.env["CI"] === "true") printError(text, null);
    else printWarning(text);
  }
  const failed =
    reports.some((report) => report.status === "differs") || (skipped.length > 0 && process.env["CI"] === "true");
  process.exitCode = failed ? exitCode.findings : exitCode.clean;
}

export function addVerify(program: Command): void {
  const command = withProgramOptions(withSpecOptions(program.command("verify")), "generic")
    .summary("compare interpreter, tf.js and WebGPU")
    .description(
      "Runs a network on random pixels in the float64 interpreter, in tf.js and on WebGPU, compares layer by layer, and names the first layer that differs. With CI=true a target that cannot run counts as a failure.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .addOption(new Option("--target <target>", "compare one target only").choices(verifiable))
    .option("--json", "all comparisons, as JSON");
  withWeightOptions(command, "seed of random weights and pixels (default: 0)").action(
    async (spec: string, options: VerifyOptions) => {
      if (options.target === "tfjs") refuseProgramOptions(options);
      else {
        const status = await restartWithAdapter();
        if (status !== null) {
          process.exitCode = status;
          return;
        }
      }
      const progress = createProgress();
      try {
        await verifyNetwork(spec, options, progress);
      } finally {
        progress.end();
      }
    },
  );
}
