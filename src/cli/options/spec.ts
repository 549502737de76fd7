import { dirname, posix, sep } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import type { ReadFile } from "../../compile.ts";
import { createSource, type Source } from "../../text/source.ts";
import { createReader, readText } from "../disk/read-file.ts";

/** What every verb that compiles is told. */
export interface SpecOptions {
  readonly network?: string;
  readonly set: ReadonlyMap<string, string>;
}

function addSetting(text: string, previous: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const equals = text.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("Write it as NAME=VALUE, for example --set width=0.75.");
  return new Map([...previous, [text.slice(0, equals).trim(), text.slice(equals + 1).trim()]]);
}

/** `--network` and `--set`, read alike by every verb. */
export function withSpecOptions(command: Command): Command {
  return command
    .option("--network <name>", "which network of the file (default: the first)")
    .option<ReadonlyMap<string, string>>(
      "--set <name=value>",
      "value of a param; may be repeated",
      addSetting,
      new Map(),
    );
}

/** A spec from disk or, for `-`, from stdin, and the way to what it imports. */
export function openSpec(path: string): { readonly entry: Source; readonly read: ReadFile } {
  const text = readText(path);
  if (path === "-") return { entry: createSource("<stdin>", text), read: createReader(".") };
  // Imports are joined to this name, with `/`; one file must not have two names.
  const name = posix.normalize(path.split(sep).join("/"));
  return { entry: createSource(name, text), read: createReader(dirname(path)) };
}

export function specRequest(options: SpecOptions, read: ReadFile) {
  return { network: options.network ?? null, set: options.set, read };
}
