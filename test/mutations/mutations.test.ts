import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { CompileRequest } from "../../src/compile.ts";
import { createSource } from "../../src/text/source.ts";
import { randomSource } from "../../src/weights/random.ts";
import { judgeEdit, readOriginal } from "./judge-edit.ts";
import { editToken } from "./token-edit.ts";

const request: CompileRequest = { network: null, set: new Map(), read: () => null };
const originals = ["mobilenet_v2.mnet", "tiny.mnet", "squeezenet.mnet", "fbnet.mnet"].map((name) =>
  readOriginal(createSource(name, readFileSync(join(import.meta.dirname, "../../specs", name), "utf8")), request),
);

// A sample of `npm run mutate:specs`.
it("one-token edits of shipped specs are told on the edited line, nearly all", () => {
  const random = randomSource(7, "mutations");
  const outcomes = originals.flatMap((original) =>
    Array.from({ length: 40 }, () => judgeEdit(original, editToken(original.source, random)).outcome),
  );
  const located = outcomes.filter((outcome) => outcome === "located").length;
  const elsewhere = outcomes.filter((outcome) => outcome === "elsewhere").length;
  expect(located + elsewhere).toBeGreaterThan(100);
  expect(located / (located + elsewhere)).toBeGreaterThan(0.9);
});

it("a stride on another row is told on that row", () => {
  const [original] = originals;
  if (original === undefined) throw new Error("no spec");
  const { text } = original.source;
  const start = text.indexOf("| 6 |", text.indexOf("bottleneck {"));
  const end = text.indexOf("\n", start);
  const row = text.slice(start, end);
  const other = row.replace(/\| 2 \|\s*$/, "| 1 |");
  expect(other).not.toBe(row);
  const line = text.slice(0, start).split("\n").length;
  const edited = text.slice(0, start) + other + text.slice(end);
  const { outcome } = judgeEdit(original, { text: edited, what: "stride", start, delta: 0, line });
  expect(outcome).toBe("located");
});
