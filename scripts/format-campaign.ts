import fc from "fast-check";
import { formatProperty } from "../test/format/format-property.ts";

/**
 * `npm run fmt:campaign [-- SEED]`: formats 20 000 generated programs, and checks the guarantees of the formatter for
 * each.
 */
const seed = Number(process.argv[2] ?? 1);
const numRuns = 20_000;
const start = performance.now();
fc.assert(formatProperty, { numRuns, seed });
const seconds = ((performance.now() - start) / 1000).toFixed(0);
process.stdout.write(`${numRuns} programs formatted as promised (seed ${seed}, ${seconds} s)\n`);
