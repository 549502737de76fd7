import { Option } from "commander";
import type { PlanOptions } from "../../targets/webgpu/plan-network.ts";
import type { TuningRecord } from "../../targets/webgpu/files/tuning-record.ts";
import { CliError, exitCode } from "../cli-error.ts";
import { readText } from "../disk/read-file.ts";

export interface TuningOptions {
  readonly tuning?: string;
}

/** `--tuning`, of the commands that plan a WebGPU program. */
export function tuningOption(): Option {
  return new Option("--tuning <file>", "plan by what mnet tune measured, for its kind of device and its precision");
}

const ANEW = "Write it anew: mnet tune SPEC --out FILE.";

/** The record of a file, as a part of the options of a plan; nothing where no file is given. */
async function readTuning(file: string | undefined): Promise<{ readonly tuning?: TuningRecord }> {
  if (file === undefined) return {};
  const { tuningSchema } = await import("../../targets/webgpu/files/tuning-record.ts");
  let json: unknown;
  try {
    json = JSON.parse(readText(file));
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError(`The tuning record ${file} is no JSON`, { hint: ANEW, exitCode: exitCode.findings });
  }
  const { success, data } = tuningSchema.safeParse(json);
  if (success) return { tuning: data };
  throw new CliError(`${file} is no tuning record of this version of mnet`, {
    hint: ANEW,
    exitCode: exitCode.findings,
  });
}

/** Plans by a verb's options: by the record that they name, of which is said where it lies if it was made for something else. */
export async function withTuning<O extends Omit<PlanOptions, "tuning">, T>(
  { tuning: file, ...options }: O & TuningOptions,
  plan: (options: Omit<O, "tuning"> & Pick<PlanOptions, "tuning">) => T | Promise<T>,
): Promise<T> {
  const tuning = await readTuning(file);
  const { TuningError } = await import("../../targets/webgpu/files/tuning-error.ts");
  try {
    return await plan({ ...options, ...tuning });
  } catch (cause) {
    if (!(cause instanceof TuningError)) throw cause;
    throw new CliError(`${file ?? ""}: ${cause.message}`, { hint: ANEW, exitCode: exitCode.findings });
  }
}
