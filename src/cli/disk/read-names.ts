import { duplicateKey } from "../../formats/duplicate-key.ts";
import { CliError } from "../failure/cli-error.ts";
import { readText } from "./read-file.ts";

/**
 * Reads a JSON object of names to names, for `--map`.
 *
 * @throws CliError where the file is anything else
 */
export function readNames(path: string): ReadonlyMap<string, string> {
  const text = readText(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CliError(`${path} is not JSON`, { hint: 'Write {"weight": "the checkpoint\'s tensor"}.' });
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new CliError(`${path} is not a JSON object`, { hint: 'Write {"weight": "the checkpoint\'s tensor"}.' });
  }
  const twice = duplicateKey(text);
  if (twice !== null) throw new CliError(`${path} names ${JSON.stringify(twice)} twice`);
  const names = new Map<string, string>();
  for (const [weight, name] of Object.entries(json)) {
    if (typeof name !== "string") throw new CliError(`${path} does not name the tensor of ${JSON.stringify(weight)}`);
    names.set(weight, name);
  }
  return names;
}
