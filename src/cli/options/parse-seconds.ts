import { InvalidArgumentError } from "commander";

/** How long a verb may take times. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600))
    throw new InvalidArgumentError("Seconds are a number over 0 and at most 3600.");
  return seconds;
}
