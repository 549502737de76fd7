import type { Command, Option } from "commander";
import type { TargetOptions } from "../../targets/index.ts";
import { webgpuOptions, webgpuTarget } from "../../targets/webgpu/target.ts";
import { CliError } from "../failure/cli-error.ts";
import { flagOf, optionOf } from "./option-of.ts";
import { readRecord } from "./read-record.ts";

/** The options of a WebGPU build that every command which plans a WebGPU program takes. */
const shared = ["device", "precision", "tuning"] as const;

/** How a WebGPU program is made; `tuning` names a file. */
export interface ProgramOptions extends Pick<TargetOptions<"webgpu">, "device" | "precision"> {
  readonly tuning?: string;
}

/** Returns `--device` or another of the shared options; `fallback` says what stands in for it. */
export function programOption(name: (typeof shared)[number], fallback: string | null = null): Option {
  return optionOf(name, webgpuOptions[name], fallback);
}

/** Adds `--device`, `--precision` and `--tuning`; `device` says what stands in for the first. */
export function withProgramOptions(command: Command, device: string): Command {
  for (const name of shared) command.addOption(programOption(name, name === "device" ? device : null));
  return command;
}

/** Returns those of a verb's options that shape the program, and leaves out what the verb was not given. */
export function programOptionsOf({ device, precision, tuning }: ProgramOptions): ProgramOptions {
  return {
    ...(device === undefined ? {} : { device }),
    ...(precision === undefined ? {} : { precision }),
    ...(tuning === undefined ? {} : { tuning }),
  };
}

/** Reads the record that `tuning` names: the options as the WebGPU target takes them. */
export async function readProgramOptions(options: ProgramOptions): Promise<TargetOptions<"webgpu">> {
  const { tuning: file, ...others } = programOptionsOf(options);
  return file === undefined ? others : { ...others, tuning: await readRecord(webgpuOptions.tuning, file) };
}

/** Throws a `CliError` for an option that shapes a WebGPU program, which a tf.js module would ignore in silence. */
export function refuseProgramOptions(options: ProgramOptions): void {
  const stray = shared.find((name) => options[name] !== undefined);
  if (stray === undefined) return;
  throw new CliError(`${flagOf(stray)} is for --target ${webgpuTarget.name}`, {
    hint: "A tf.js module plans no dispatches, and computes in float32.",
  });
}
