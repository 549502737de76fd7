import { readFileSync } from "node:fs";
import { InvalidArgumentError, Option, type Command } from "commander";
import { type Diagnostic, error, type Outcome } from "../../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { systemFailure } from "../cli-error.ts";
import type { CompiledSpec } from "../run/compile-spec.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { printWarning } from "../print/terminal.ts";

/** Where a verb takes weights from; both absent is the verb's own default. */
export interface WeightOptions {
  readonly weights?: string;
  readonly seed?: number;
}

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError("A seed is a whole number from 0 to 2^53 - 1.");
  }
  return seed;
}

export function withWeightOptions(command: Command, seedText: string): Command {
  return command
    .addOption(new Option("--weights <file>", "weights from a safetensors file").conflicts("seed"))
    .addOption(new Option("--seed <n>", seedText).argParser(parseSeed));
}

export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw systemFailure(`Cannot read ${path}`, cause);
  }
}

/** A finding about a whole file that has no lines. */
export function fileFinding(code: string, file: string, message: string): Diagnostic {
  return error(code, { file, start: 0, end: 0 }, message);
}

/** A safetensors file, or the first fault of it. */
export async function readWeightFile(path: string): Promise<Outcome<WeightStore>> {
  const { readSafetensors } = await import("../../formats/safetensors.ts");
  const result = readSafetensors(readBytes(path));
  if (result.ok) return { value: result.tensors, diagnostics: [] };
  return { value: null, diagnostics: [fileFinding(result.problem.code, path, result.problem.message)] };
}

/** Weights from a file, checked against the network that is to read them. */
export async function loadWeights(path: string, training: ShapedGraph): Promise<Outcome<WeightStore>> {
  const read = await readWeightFile(path);
  if (read.value === null) return read;
  const { checkWeights } = await import("../../weights/check-weights.ts");
  const diagnostics = checkWeights(training, read.value);
  const fits = !diagnostics.some((diagnostic) => diagnostic.severity === "error");
  return { value: fits ? read.value : null, diagnostics };
}

/** Weights as the spec's initialisers draw them. */
export async function seededWeights(training: ShapedGraph, seed: number): Promise<WeightStore> {
  const { initializeWeights } = await import("../../weights/initialize.ts");
  return initializeWeights(training, seed);
}

/**
 * Weights for a verb that cannot do without: the file's, else drawn from the seed, else from seed 0 with a warning. Null, with the
 * exit code set, where the file does not fit.
 */
export async function chooseWeights(
  options: WeightOptions,
  compiled: CompiledSpec,
  json: boolean,
): Promise<WeightStore | null> {
  const { training } = compiled.value;
  if (options.weights !== undefined) {
    const { value, diagnostics } = await loadWeights(options.weights, training);
    const findings = { diagnostics, sources: compiled.sources };
    if (value === null) failWithFindings(findings, json);
    else noteFindings(findings);
    return value;
  }
  if (options.seed === undefined)
    printWarning("The weights are random (seed 0); give trained ones with --weights FILE");
  return seededWeights(training, options.seed ?? 0);
}
