import { InvalidArgumentError } from "commander";

/** Reads how long a verb may take, in seconds. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600))
    throw new InvalidArgumentError("Expected a number of seconds over 0 and at most 3600.");
  return seconds;
}
