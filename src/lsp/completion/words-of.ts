import { residualModes } from "../../ir/graph.ts";
import { signatureOf, symbolsTaken } from "../../language/op-signatures.ts";
import { resolveBlock } from "../../program/resolve-block.ts";
import type { ProgramFile } from "../../program/program.ts";

/** Returns the words that an argument of an op or a block takes. */
export function wordsOf(file: ProgramFile, callee: string, key: string | null): readonly string[] {
  const block = resolveBlock(file, callee);
  if (block === null) return key === null || signatureOf(callee) === null ? [] : (symbolsTaken(callee, key) ?? []);
  if (key === "residual") return residualModes;
  // A block's parameter takes the words that its name stands for, or else those of the family that its default is in.
  const parameter = block.declaration.parameters.find(({ name }) => name.text === key);
  if (parameter === undefined) return [];
  const named = symbolsTaken("conv", parameter.name.text);
  if (named !== null) return named;
  const { value } = parameter;
  if (value?.kind !== "reference") return [];
  const families = ["act", "padding", "init", "norm"].map((family) => symbolsTaken("conv", family) ?? []);
  return families.find((words) => words.includes(value.name)) ?? [];
}
