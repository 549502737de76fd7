import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { printable } from "../../diagnostics/printable.ts";
import { formatShape } from "../../ir/shape.ts";
import type { ImportedWeight } from "../../weights/import/import-weights.ts";
import { alignColumns } from "../print/align-columns.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { readBytes } from "../disk/read-file.ts";
import { fileFinding } from "../run/load-weights.ts";
import { readHdf5Apart } from "../threads/read-hdf5-apart.ts";
import { readNames } from "../disk/read-names.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { type SpecOptions, withSpecOptions } from "../options/spec.ts";
import { printData, printNote } from "../print/terminal.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";

interface ImportOptions extends SpecOptions {
  readonly from: string;
  readonly out: string;
  readonly map?: string;
}

function printTable(table: readonly ImportedWeight[]): void {
  if (table.length === 0) return;
  const rows = table.map(({ name, shape, from, fromShape, reason }) => [
    printable(name),
    formatShape(shape),
    printable(from),
    formatShape(fromShape),
    reason,
  ]);
  printData(
    alignColumns([["weight", "shape", "from", "shape", "by"], ...rows], ["left", "left", "left", "left", "left"]),
  );
}

/** Makes a reader of the shards that lie beside a checkpoint. It gives null where a link leads out of the folder. */
function readerBeside(path: string): (name: string) => Uint8Array | null {
  const folder = dirname(path);
  return (name) => {
    const file = join(folder, name);
    if (!existsSync(file) || dirname(realpathSync(file)) !== realpathSync(folder)) return null;
    return readBytes(file);
  };
}

export function addWeightsImport(weights: Command): void {
  withSpecOptions(weights.command("import"))
    .summary("read weights from a checkpoint of another framework")
    .description(
      "Finds the network's weights in a checkpoint by structure, shape and name, prints which tensor became which weight, and writes them as safetensors.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .requiredOption(
      "--from <file>",
      "a checkpoint: .keras, .weights.h5 or .h5 of Keras, safetensors of PyTorch or mnet, or model.json of a tf.js layers or graph model",
    )
    .requiredOption("--out <file>", "the safetensors file to write")
    .option("--map <file>", "a JSON object that names the tensor of each weight that is not found by itself")
    .action(async (spec: string, options: ImportOptions) => {
      const compiled = await compileSpec(spec, options, { json: false, asserts: "show" });
      if (compiled === null) return;
      const { training } = compiled.value;
      const names = options.map === undefined ? new Map<string, string>() : readNames(options.map);
      const { readCheckpoint } = await import("../../weights/import/read-checkpoint.ts");
      const reach = { readBeside: readerBeside(options.from), readHdf5: readHdf5Apart };
      const read = await readCheckpoint(readBytes(options.from), reach);
      const { sources } = compiled;
      if (!read.ok) {
        const { code, message } = read.problem;
        failWithFindings({ diagnostics: [fileFinding(code, options.from, message)], sources }, false);
        return;
      }
      const { importCheckpoint } = await import("../../weights/import/import-checkpoint.ts");
      const { value: weights, table, diagnostics } = importCheckpoint(compiled.value.training, read.value, names);
      printTable(table);
      if (weights === null) {
        failWithFindings({ diagnostics, sources }, false);
        return;
      }
      noteFindings({ diagnostics, sources });
      const { writeSafetensors } = await import("../../formats/safetensors.ts");
      const metadata = new Map([
        ["network", training.name],
        ["imported-from", read.value.format],
      ]);
      await writeWholeFile(options.out, writeSafetensors(weights, metadata));
      printNote(`${options.out}: ${weights.size} tensors of ${training.name}`);
    });
}
