import { expect, test } from "vitest";
import { structureNetwork } from "../../src/compile.ts";
import { loadProgram } from "../../src/program/load-program.ts";
import { createSource } from "../../src/text/source.ts";
import { lintText } from "./lint-text.ts";

const spec = `let even(x) = select( (x > 1, 2, x)

network Reads {
  input image [8, 8, 3]
  stem: conv 3x3 even(4)
  pool avg
  head: dense 3
}

network ReadsNot {
  input image [8, 8, 3]
  stem: conv 3x3 4
}
`;

test("a network that reads a value with a syntax error is not judged, and others are", () => {
  expect(lintText(spec).map(({ code }) => code)).toContain("syntax/unexpected-token");
  const program = loadProgram(createSource("spec.mnet", spec), () => null);
  expect(structureNetwork(program, "Reads", new Map()).value).toBeNull();
  expect(structureNetwork(program, "ReadsNot", new Map()).value?.training.nodes).toHaveLength(2);
});
