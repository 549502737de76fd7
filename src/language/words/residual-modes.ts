import type { ResidualMode } from "../../ir/graph.ts";
import { word, type Word } from "../argument.ts";
import { auto } from "./auto.ts";

/** Whether a block's input is added to its output. */
export const residualModes = {
  auto,
  always: word("The input is added to the output; an error where it cannot be."),
  never: word("The input is not added to the output."),
} as const satisfies Record<ResidualMode, Word>;
