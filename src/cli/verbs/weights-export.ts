import { Option, type Command } from "commander";
import { version } from "../../version.ts";
import type { CompiledNetwork } from "../../compile.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { loadWeights } from "../run/load-weights.ts";
import { writeOutputDirectory } from "../disk/output-directory.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { printNote } from "../print/terminal.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";

const formats = ["safetensors", "tfjs-layers"] as const;

interface ExportOptions extends SpecOptions {
  readonly weights: string;
  readonly format: (typeof formats)[number];
  readonly out: string;
}

type Export = (network: CompiledNetwork, weights: WeightStore, out: string) => Promise<string>;

const exporters: Readonly<Record<(typeof formats)[number], Export>> = {
  async safetensors({ training }, weights, out) {
    const { writeSafetensors } = await import("../../formats/safetensors.ts");
    await writeWholeFile(out, writeSafetensors(weights, new Map([["network", training.name]])));
    return `${out}: ${weights.size} tensors of ${training.name}`;
  },
  async "tfjs-layers"({ training }, weights, out) {
    const { customClasses, layersModelFiles } = await import("../../targets/tfjs/models/layers-model.ts");
    const files = layersModelFiles(training, weights).map(({ path, contents }): EmittedFile => ({
      path: path.replace(/^layers\//, ""),
      contents,
    }));
    const { name, params } = training;
    writeOutputDirectory(out, files, { generator: `mnet ${version}`, network: name, target: "tfjs-layers", params });
    const custom = customClasses(training);
    const needs =
      custom.length === 0
        ? ""
        : `; the module that build --target tfjs writes defines its custom layers (${custom.join(", ")})`;
    return `${out}: model.json and ${files.length - 1} more, ${weights.size} tensors of ${name}${needs}`;
  },
};

export function addWeightsExport(weights: Command): void {
  withSpecOptions(weights.command("export"))
    .summary("write weights for another framework, or in order")
    .description(
      "Writes the weights of a network, in its own order and nothing else, as float32 safetensors or as a tf.js layers model with its shards. An import of the result gives the same weights bit for bit.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .requiredOption("--weights <file>", "weights of the network, a safetensors file")
    .addOption(new Option("--format <format>", "what to write").choices(formats).makeOptionMandatory())
    .requiredOption("--out <path>", "the file, or for tfjs-layers the folder, to write")
    .action(async (spec: string, options: ExportOptions) => {
      const compiled = await compileSpec(spec, options, { json: false, asserts: "show" });
      if (compiled === null) return;
      const { value, sources } = compiled;
      const { value: store, diagnostics } = await loadWeights(options.weights, value.training);
      if (store === null) {
        failWithFindings({ diagnostics, sources }, false);
        return;
      }
      const { reportFoldedNorms } = await import("../../weights/folded-norms.ts");
      const folded = options.format === "tfjs-layers" ? reportFoldedNorms(value.training, store) : [];
      noteFindings({ diagnostics: [...diagnostics, ...folded], sources });
      const { expectedWeights } = await import("../../weights/expected-weights.ts");
      const ordered = new Map(expectedWeights(value.training).map(({ name }) => [name, store.get(name)!]));
      printNote(await exporters[options.format](value, ordered, options.out));
    });
}
