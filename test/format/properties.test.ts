import fc from "fast-check";
import { it } from "vitest";
import { formatProperty } from "./format-property.ts";

// `npm run fmt:campaign` does the same for 20 000.
it("formats any program to one form of the same program", () => {
  fc.assert(formatProperty, { numRuns: 200, seed: 11 });
});
