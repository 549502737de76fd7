import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { deviceOption, type DeviceOptions } from "./device-option.ts";
import { precisionOption, type PrecisionOptions } from "./precision-option.ts";
import { tuningOption, type TuningOptions } from "./tuning-file.ts";

/** How a WebGPU program is made: of every command that makes one. */
export interface ProgramOptions extends DeviceOptions, PrecisionOptions, TuningOptions {}

/** `--device`, `--precision` and `--tuning`; `device` says what stands in for the first. */
export function withProgramOptions(command: Command, device: string): Command {
  return command.addOption(deviceOption(device)).addOption(precisionOption()).addOption(tuningOption());
}

/** Of the options, those that shape the program, and none where the verb left them out. */
export function programOptionsOf({ device, precision, tuning }: ProgramOptions): ProgramOptions {
  return {
    ...(device === undefined ? {} : { device }),
    ...(precision === undefined ? {} : { precision }),
    ...(tuning === undefined ? {} : { tuning }),
  };
}

/** For a target that is no WebGPU program, an option that means nothing would be ignored in silence. */
export function refuseOptions(options: Readonly<Record<string, unknown>>, hint: string): void {
  const [stray] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
  if (stray !== undefined) throw new CliError(`${stray} is for --target webgpu`, { hint });
}

/** {@link refuseOptions} of those that shape the program. */
export function refuseProgramOptions({ device, precision, tuning }: ProgramOptions): void {
  refuseOptions(
    { "--device": device, "--precision": precision, "--tuning": tuning },
    "A tf.js module plans no dispatches, and computes in float32.",
  );
}
