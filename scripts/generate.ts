import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, getFileInfo } from "prettier";
import { apiPage } from "./generate/api.ts";
import { configSchemaFile } from "./generate/config-schema.ts";
import { benchScript } from "./generate/bench-script.ts";
import { cstTypes } from "./generate/cst-types.ts";
import type { GeneratedFile } from "./generate/generated-file.ts";
import { graphSvg } from "./generate/graph-svg.ts";
import { highlighting } from "./generate/highlighting.ts";
import { irSchemaFile } from "./generate/ir-schema.ts";
import { libraryTexts } from "./generate/library.ts";
import { ruleReference } from "./generate/rules.ts";
import { sampleDigits } from "./generate/sample-digits.ts";
import { syntaxPage } from "./generate/syntax-page.ts";
import { targetReference } from "./generate/targets.ts";
import { textMateGrammar } from "./generate/text-mate.ts";
import { webgpuRuntime } from "./generate/webgpu-runtime.ts";
import { zooPage } from "./generate/zoo-page.ts";

/**
 * All files under generated/, and the documents that are generated from the sources. A new output needs a file in
 * scripts/generate/ and a line here.
 */
export const generatedFiles: readonly GeneratedFile[] = [
  apiPage,
  configSchemaFile,
  benchScript,
  cstTypes,
  highlighting,
  graphSvg,
  irSchemaFile,
  libraryTexts,
  ruleReference,
  sampleDigits,
  syntaxPage,
  targetReference,
  textMateGrammar,
  webgpuRuntime,
  zooPage,
];

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Returns the final contents of a generated file. They are formatted by prettier if prettier supports the file type.
 */
export async function render(file: GeneratedFile): Promise<string> {
  const contents = await file.contents();
  const { inferredParser } = await getFileInfo(file.path);
  return inferredParser === null ? contents : format(contents, { parser: inferredParser, printWidth: 120 });
}

async function write(file: GeneratedFile): Promise<void> {
  const target = join(root, file.path);
  const rendered = await render(file);
  const present = await readFile(target, "utf8").catch(() => null);
  if (rendered === present) return;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, rendered);
  process.stdout.write(`wrote ${file.path}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const file of generatedFiles) await write(file);
