import { Option, type Command } from "commander";
import { targetNames, targets } from "../../targets/index.ts";
import type { Target } from "../../targets/target.ts";
import type { TargetOption } from "../../targets/target-option.ts";
import { CliError } from "../failure/cli-error.ts";
import { flagOf, optionOf } from "./option-of.ts";
import { readRecord } from "./read-record.ts";

const all: readonly Target[] = targetNames.map((name) => targets[name]);

/** Adds `--target` and the options of every target. Two targets that share a name share the option. */
export function withTargetOptions(command: Command): Command {
  command.addOption(new Option("--target <target>", "what to compile to").choices(targetNames).makeOptionMandatory());
  const names = new Set(all.flatMap(({ options }) => Object.keys(options)));
  for (const name of names) command.addOption(sharedOption(name));
  return command;
}

/** One option for all targets that have it, which takes every word that one of them takes. */
function sharedOption(name: string): Option {
  const own = optionsCalled(name).map(({ option }) => option);
  const [first, ...others] = own;
  if (first === undefined) throw new Error(`internal: no target has the option "${name}"`);
  if (others.some(({ kind }) => kind !== first.kind)) throw new Error(`internal: "${name}" is of two kinds`);
  const description = [...new Set(own.map((option) => option.description))].join("; ");
  if (first.kind !== "choice") return optionOf(name, { ...first, description });
  const choices = own.flatMap((option) => (option.kind === "choice" ? option.choices : []));
  return optionOf(name, { ...first, description, choices: [...new Set(choices)] });
}

function optionsCalled(name: string): readonly { readonly target: Target; readonly option: TargetOption }[] {
  return all.flatMap((target) => {
    const option = target.options[name];
    return option === undefined ? [] : [{ target, option }];
  });
}

/**
 * Returns the values of a target's options among all that a command was given, with the records read from their files.
 * Throws a `CliError` for an option or a word that only other targets take, which would be ignored in silence.
 */
export async function readTargetOptions(
  target: Target,
  given: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const names = new Set(all.flatMap(({ options }) => Object.keys(options)));
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const value = given[name];
    if (value === undefined) continue;
    const option = target.options[name];
    if (option === undefined || !takes(option, value)) throw strayOption(target, name, value);
    values[name] = option.kind === "record" && typeof value === "string" ? await readRecord(option, value) : value;
  }
  return values;
}

function takes(option: TargetOption, value: unknown): boolean {
  return option.kind !== "choice" || option.choices.some((choice) => choice === value);
}

function strayOption(target: Target, name: string, value: unknown): CliError {
  const owners = optionsCalled(name).filter(({ option }) => takes(option, value));
  const isUnknown = target.options[name] === undefined;
  const said = isUnknown || typeof value !== "string" ? flagOf(name) : `${flagOf(name)} ${value}`;
  const own = Object.keys(target.options).map(flagOf);
  return new CliError(`${said} is for --target ${owners.map((owner) => owner.target.name).join(" or ")}`, {
    hint: `--target ${target.name} takes ${own.length === 0 ? "no options of its own" : own.join(", ")}.`,
  });
}
