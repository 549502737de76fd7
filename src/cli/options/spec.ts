import { dirname, posix, sep } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import type { ReadFile } from "../../compile.ts";
import { createSource, type Source } from "../../text/source.ts";
import { createReader, readText } from "../disk/read-file.ts";

/** The options of every verb that compiles a spec. */
export interface SpecOptions {
  readonly network?: string;
  readonly set: ReadonlyMap<string, string>;
}

function addSetting(text: string, previous: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const equals = text.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("Write it as NAME=VALUE, for example --set width=0.75.");
  return new Map([...previous, [text.slice(0, equals).trim(), text.slice(equals + 1).trim()]]);
}

/** Adds `--network` and `--set` to a verb. */
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

/** Opens a spec from disk or, for `-`, from stdin, with the reader of what it imports. */
export function openSpec(path: string): { readonly entry: Source; readonly read: ReadFile } {
  const text = readText(path);
  if (path === "-") return { entry: createSource("<stdin>", text), read: createReader(".") };
  // Imports are joined to this name with `/`, and a file must have one name only.
  const name = posix.normalize(path.split(sep).join("/"));
  return { entry: createSource(name, text), read: createReader(dirname(path)) };
}

/** Returns what the compiler is asked for: the network and params of the options. */
export function specRequest(options: SpecOptions, read: ReadFile) {
  return { network: options.network ?? null, set: options.set, read };
}
