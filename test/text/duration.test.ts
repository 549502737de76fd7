import { expect, test } from "vitest";
import { duration } from "../../src/text/duration.ts";

test("three figures, and seconds where there are many", () => {
  expect([0.01234, 1.2345, 99.94, 99.96, 1234.4, 9999.4, 9999.6].map(duration)).toEqual([
    "0.0123 ms",
    "1.23 ms",
    "99.9 ms",
    "100 ms",
    "1234 ms",
    "9999 ms",
    "10.0 s",
  ]);
});
