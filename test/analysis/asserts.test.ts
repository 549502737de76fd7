import { describe, expect, it } from "vitest";
import { checkAsserts } from "../../src/analysis/asserts.ts";
import type { GraphAssert, ShapedGraph } from "../../src/ir/graph.ts";
import type { ComparisonOperator } from "../../src/syntax/ast.ts";
import { graphBuilder } from "../support/graph-builder.ts";

const span = { file: "test.mnet", start: 3, end: 9 };

/** 8x8x2 to 4x4x3 by a 1x1 conv: 9 weights, 96 multiply-adds, 4 * (128 + 48) bytes. */
function withAsserts(asserts: readonly GraphAssert[]): ShapedGraph {
  const builder = graphBuilder("net", [8, 8, 2]);
  return { ...builder.shaped(builder.conv("c", builder.input, 3, { stride: 2 })), asserts };
}

describe("checkAsserts", () => {
  it("tells both numbers and the reason", () => {
    const { rows, diagnostics } = checkAsserts(
      withAsserts([
        { subject: "params", operator: "<=", bound: 9, why: "fits", span },
        { subject: "macs", operator: "<", bound: 96, why: "runs at 30 images a second", span },
        { subject: "memory", operator: "<=", bound: 500, why: null, span },
        { subject: "shape", path: "c", node: 1, block: null, operator: "==", bound: [4, 4, 4], why: null, span },
      ]),
    );
    expect(rows).toEqual([
      { subject: "params", operator: "<=", bound: 9, actual: 9, holds: true, why: "fits" },
      { subject: "macs", operator: "<", bound: 96, actual: 96, holds: false, why: "runs at 30 images a second" },
      { subject: "memory", operator: "<=", bound: 500, actual: 704, holds: false, why: null },
      { subject: "shape(c)", operator: "==", bound: [4, 4, 4], actual: [4, 4, 3], holds: false, why: null },
    ]);
    expect(diagnostics.map(({ code, severity, message }) => ({ code, severity, message }))).toEqual([
      {
        code: "assert/failed",
        severity: "error",
        message: '"macs" is 96 multiply-adds, and the spec asserts < 96: runs at 30 images a second.',
      },
      { code: "assert/failed", severity: "error", message: '"memory" is 704 bytes, and the spec asserts <= 500.' },
      { code: "assert/failed", severity: "error", message: '"shape(c)" is 4x4x3, and the spec asserts == 4x4x4.' },
    ]);
    expect(diagnostics[0]?.span).toEqual(span);
  });

  it.each<[ComparisonOperator, boolean, boolean, boolean]>([
    ["==", false, true, false],
    ["!=", true, false, true],
    ["<", false, false, true],
    ["<=", false, true, true],
    [">", true, false, false],
    [">=", true, true, false],
  ])("compares numbers by %s", (operator, below, equal, above) => {
    const holds = (bound: number) =>
      checkAsserts(withAsserts([{ subject: "params", operator, bound, why: null, span }])).rows[0]?.holds;
    expect([holds(8), holds(9), holds(10)]).toEqual([below, equal, above]);
  });

  it.each<[ComparisonOperator, readonly number[], boolean]>([
    ["==", [4, 4, 3], true],
    ["!=", [4, 4, 3], false],
    ["!=", [4, 4], true],
    ["<=", [4, 5, 3], true],
    ["<=", [4, 5, 2], false],
    [">", [3, 3, 2], true],
    [">=", [4, 4], false],
  ])("compares shapes axis by axis: 4x4x3 %s %j", (operator, bound, holds) => {
    const assert: GraphAssert = { subject: "shape", path: "c", node: 1, block: null, operator, bound, why: null, span };
    expect(checkAsserts(withAsserts([assert])).rows[0]?.holds).toBe(holds);
  });
});
