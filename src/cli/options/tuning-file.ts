import type { PlanOptions } from "../../targets/webgpu/plan-network.ts";
import { webgpuOptions } from "../../targets/webgpu/target.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { readRecord } from "./read-record.ts";

/**
 * Reads the tuning record that a verb's `--tuning` names, and plans with it. A record that was made for another network
 * or device is a `CliError` that names the record's file.
 */
export async function withTuning<O extends Omit<PlanOptions, "tuning">, T>(
  { tuning: file, ...options }: O & { readonly tuning?: string },
  plan: (options: Omit<O, "tuning"> & Pick<PlanOptions, "tuning">) => T | Promise<T>,
): Promise<T> {
  const tuning = file === undefined ? {} : { tuning: await readRecord(webgpuOptions.tuning, file) };
  const { TuningError } = await import("../../targets/webgpu/files/tuning-error.ts");
  try {
    return await plan({ ...options, ...tuning });
  } catch (cause) {
    if (!(cause instanceof TuningError)) throw cause;
    throw new CliError(`${file ?? ""}: ${cause.message}`, {
      hint: webgpuOptions.tuning.remedy,
      exitCode: exitCode.findings,
    });
  }
}
