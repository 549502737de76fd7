import fc from "fast-check";
import { printProgram } from "../syntax/print-program.ts";
import { program } from "../syntax/random-program.ts";
import { expectFormatted } from "./expect-formatted.ts";
import { noisyText } from "./noisy-text.ts";

/** Any program, written in any way, has one form, which is the same program with the same comments in the same places. */
export const formatProperty = fc.property(program, fc.integer(), (items, seed) => {
  expectFormatted(noisyText(printProgram(items), seed), items);
});
