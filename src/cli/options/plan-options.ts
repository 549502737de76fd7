import { InvalidArgumentError, type Command } from "commander";
import type { PlanBudget } from "../../targets/webgpu/check/check-budget.ts";
import { type ProgramOptions, withProgramOptions } from "./program-options.ts";

export interface PlanOptionValues extends ProgramOptions, PlanBudget {}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("It is a whole number over 0.");
  return Number(text);
}

const units: Readonly<Record<string, number>> = { "": 1, kB: 1e3, MB: 1e6, KiB: 1024, MiB: 1024 ** 2 };

function parseBytes(text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([kM]B|[KM]iB)?$/.exec(text) ?? [];
  const bytes = Math.floor(Number(number) * (units[unit] ?? 0));
  if (number === "" || bytes < 1 || !Number.isSafeInteger(bytes)) {
    throw new InvalidArgumentError("It is a number of bytes, or one with kB, MB, KiB or MiB behind it.");
  }
  return bytes;
}

/** What shapes a WebGPU program, and budgets that it is held to. */
export function withPlanOptions(command: Command): Command {
  return withProgramOptions(command, "generic")
    .option("--max-dispatches <n>", "fail where the WebGPU program takes more dispatches", parseCount)
    .option("--max-memory <bytes>", "fail where its activations take more: 3300000, 3.3MB", parseBytes);
}
