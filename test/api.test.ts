import { expect, it } from "vitest";
import { readApi } from "../scripts/generate/api-exports.ts";

const exports = readApi().flatMap((section) => section.exports);

it("every function says what its parameters are and what it returns", () => {
  const functions = exports.filter(({ kind }) => kind === "function");
  expect(functions.length).toBeGreaterThan(25);
  for (const { name, doc, params, declared, gives, returns } of functions) {
    expect([name, params.map(([parameter]) => parameter)]).toEqual([name, declared]);
    expect([name, params.every(([, text]) => text !== "") && doc !== "" && (!gives || returns !== null)]).toEqual([
      name,
      true,
    ]);
  }
});

it("every class and constant says what it is", () => {
  expect(exports.filter(({ kind, doc }) => (kind === "class" || kind === "constant") && doc === "")).toEqual([]);
});
