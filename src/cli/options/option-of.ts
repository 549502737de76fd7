import { InvalidArgumentError, Option } from "commander";
import type { TargetOption } from "../../targets/target-option.ts";

/** Returns the flag of an option: `--max-memory` of `maxMemory`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * Returns a target's option as the command line takes it. A record stays the name of its file, which `readRecord` reads.
 *
 * @param fallback what a verb takes when the option is left out; null for the target's own default
 */
export function optionOf(name: string, option: TargetOption, fallback: string | null = null): Option {
  const usual = fallback ?? (option.kind === "choice" ? option.default : null);
  const text = `${option.description}${usual === null ? "" : ` (default: ${usual})`}`;
  const made = new Option(`${flagOf(name)} <${option.placeholder}>`, text);
  switch (option.kind) {
    case "choice":
      return made.choices(option.choices);
    case "count":
      return made.argParser(parseCount);
    case "bytes":
      return made.argParser(parseBytes);
    case "record":
      return made;
  }
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("It is a whole number over 0.");
  return Number(text);
}

const units: Readonly<Record<string, number>> = { "": 1, kB: 1e3, MB: 1e6, KiB: 1024, MiB: 1024 ** 2 };

function parseBytes(text: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d+)?) ?([kM]B|[KM]iB)?$/.exec(text) ?? [];
  const bytes = Math.floor(Number(number) * (units[unit] ?? 0));
  if (number === "" || bytes < 1 || !Number.isSafeInteger(bytes)) {
    throw new InvalidArgumentError("It is a number of bytes, which may end with kB, MB, KiB or MiB.");
  }
  return bytes;
}
