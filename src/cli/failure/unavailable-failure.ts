import type { Lack, UnavailableError } from "../../machine/unavailable-error.ts";
import { CliError } from "./cli-error.ts";

/** What a command can do in place of what the machine lacks. */
const instead: Readonly<Record<Lack, string>> = {
  package: "",
  adapter: "",
  feature: " Or leave out --precision f16.",
};

/** Makes the failure of a command on a machine that lacks something. `more` is added to the hint, by what is lacking. */
export function unavailableFailure(
  { lack, message, hint }: UnavailableError,
  more: Partial<Readonly<Record<Lack, string>>> = {},
): CliError {
  return new CliError(message, { hint: `${hint}${instead[lack]}${more[lack] ?? ""}` });
}
