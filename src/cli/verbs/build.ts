import type { Command } from "commander";
import type { CompiledNetwork } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import { targetNames, targetOf, targets } from "../../targets/index.ts";
import type { Measurement, Target } from "../../targets/target.ts";
import { listed } from "../../text/listed.ts";
import { version } from "../../version.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { describeFile } from "../disk/manifest.ts";
import { writeOutputDirectory } from "../disk/output-directory.ts";
import { type WeightOptions, withWeightOptions } from "../options/weight-options.ts";
import { chooseWeights } from "../run/choose-weights.ts";
import { randomImage } from "../../running/random-image.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { readTargetOptions, withTargetOptions } from "../options/target-options.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { createProgress, printJson, printNote } from "../print/terminal.ts";
import { compileSpec } from "../run/compile-spec.ts";

interface BuildOptions extends SpecOptions, WeightOptions {
  readonly target: string;
  readonly out?: string;
  readonly json?: true;
}

type TargetValues = Readonly<Record<string, unknown>>;

/** Seed of the image that a build's effect is measured on. */
const IMAGE_SEED = 0;

function describeBuild(out: string, files: readonly EmittedFile[]): string {
  const bytes = files.reduce((sum, file) => sum + describeFile(file).bytes, 0);
  const size = bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  const [first = "", ...rest] = files.map((file) => file.path);
  return `${out}: ${first}${rest.length === 0 ? "" : ` and ${rest.length} more`}, ${size}`;
}

/** Whether the build has weights. Throws a `CliError` for weights that the target has no use for. */
function takesWeights(target: Target, values: TargetValues, { weights, seed }: WeightOptions): boolean {
  const given = weights !== undefined ? "--weights" : seed !== undefined ? "--seed" : null;
  if (target.weights === "none" && given !== null) {
    throw new CliError(`${given} is not for --target ${target.name}`, { hint: "What it builds holds no weights." });
  }
  return given !== null || target.weights === "required" || target.needsWeights?.(values) === true;
}

async function measure(
  target: Target,
  network: CompiledNetwork,
  weights: WeightStore | null,
  values: TargetValues,
): Promise<Measurement | null> {
  if (weights === null || target.measure === undefined) return null;
  return target.measure(network, weights, values, randomImage(network.training, IMAGE_SEED));
}

async function build(spec: string, options: BuildOptions): Promise<void> {
  const json = options.json === true;
  const target = targetOf(options.target);
  if (target === null) throw new Error(`internal: "${options.target}" is no target`);
  const values = await readTargetOptions(target, { ...options });
  const wanted = takesWeights(target, values, options);
  const compiled = await compileSpec(spec, options, { json, asserts: "refuse" });
  if (compiled === null) return;
  const weights = wanted ? await chooseWeights(options, compiled, json) : null;
  if (wanted && weights === null) return;
  const { value, sources } = compiled;
  const { name, params } = value.training;
  const progress = createProgress();
  progress.step(`compiling ${name} to ${target.name}`);
  const { files, diagnostics } = await target.emit(value, weights, values);
  progress.end();
  if (hasErrors(diagnostics)) {
    failWithFindings({ diagnostics, sources }, json);
    return;
  }
  noteFindings({ diagnostics, sources });
  const out = options.out ?? `build/${name}/${target.name}`;
  writeOutputDirectory(out, files, { generator: `mnet ${version}`, network: name, target: target.name, params });
  const measured = await measure(target, value, weights, values);
  const written = { network: name, target: target.name, out, files: files.map((file) => file.path) };
  if (json) printJson({ ...written, ...(measured === null ? {} : { [measured.name]: measured.figures }) });
  else printNote(describeBuild(out, files));
  if (measured !== null) printNote(measured.sentence);
  process.exitCode = exitCode.clean;
}

/** Names of the targets that cannot do without weights. */
function weighty(): readonly string[] {
  return targetNames.filter((name) => targets[name].weights === "required");
}

export function addBuild(program: Command): void {
  const all = targetNames.map((name) => targets[name]);
  const command = withSpecOptions(program.command("build"))
    .summary(
      `compile to ${listed(
        all.map(({ title }) => title),
        "or",
      )}`,
    )
    .description(
      `Compiles a network to ${listed(
        all.map(({ summary }) => summary),
        "or",
      )}. The folder is replaced as a whole: of what it holds, only files that an earlier build wrote are deleted.`,
    )
    .argument("<spec>", "a file, or - for stdin");
  withTargetOptions(command)
    .option("--out <dir>", "folder to write (default: build/<network>/<target>)")
    .option("--json", "what was written, as JSON");
  withWeightOptions(
    command,
    `random weights from this seed (default where weights are needed, as for ${listed(weighty(), "and")}: 0)`,
  ).action(build);
}
