import { InvalidArgumentError, Option, type Command } from "commander";

/** Where a verb takes weights from. Without both each verb has a default of its own. */
export interface WeightOptions {
  readonly weights?: string;
  readonly seed?: number;
}

/** Reads the seed of random numbers. */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError("Expected a whole number from 0 to 2^53 - 1.");
  }
  return seed;
}

/** Adds `--weights` and `--seed` to a verb. */
export function withWeightOptions(command: Command, seedText: string): Command {
  return command
    .addOption(new Option("--weights <file>", "weights from a safetensors file").conflicts("seed"))
    .addOption(new Option("--seed <n>", seedText).argParser(parseSeed));
}
