import type { RecordOption } from "../../targets/target-option.ts";
import { CliError, exitCode } from "../failure/cli-error.ts";
import { readText } from "../disk/read-file.ts";

/** Reads the JSON file that an option names. Throws a `CliError` that names the file when it holds no such record. */
export async function readRecord<T>({ what, remedy, read }: RecordOption<T>, file: string): Promise<T> {
  const details = { hint: remedy, exitCode: exitCode.findings };
  const text = readText(file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CliError(`The ${what} ${file} is no JSON`, details);
  }
  const record = await read(json);
  if (record === null) throw new CliError(`${file} is no ${what} of this version of mnet`, details);
  return record;
}
