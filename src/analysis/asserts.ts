import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { indexNodes, nodeAt, type GraphAssert, type ShapedGraph } from "../ir/graph.ts";
import { formatShape, sameShape, type Shape } from "../ir/shape.ts";
import type { ComparisonOperator } from "../syntax/ast.ts";
import { countNodes, sumCounts } from "./counts.ts";
import { activationMemory } from "./memory.ts";

/** One `assert` of the spec with the actual figure. */
export interface AssertRow {
  /** `params`, `macs`, `memory` or `shape(path)`. */
  readonly subject: string;
  readonly operator: ComparisonOperator;
  readonly bound: number | Shape;
  readonly actual: number | Shape;
  readonly holds: boolean;
  readonly why: string | null;
}

export interface AssertReport {
  readonly rows: readonly AssertRow[];
  /** A finding `assert/failed` for each assert that does not hold. */
  readonly diagnostics: readonly Diagnostic[];
}

type Metric = Exclude<GraphAssert["subject"], "shape">;

/** Figures that are already known, so that they need not be computed again. */
export type AssertSources = Partial<Readonly<Record<Metric, number>>>;

/** Checks the budgets of a training graph: trainable weights, multiply-adds, peak bytes of activations, shapes. */
export function checkAsserts(training: ShapedGraph, known: AssertSources = {}): AssertReport {
  if (training.asserts.length === 0) return { rows: [], diagnostics: [] };
  const metrics = measure(training, known);
  const index = indexNodes(training);
  const evaluate = (assert: GraphAssert): AssertRow => {
    const { operator, why } = assert;
    if (assert.subject === "shape") {
      const actual = nodeAt(index, assert.node).shape;
      const holds = compareShapes(actual, operator, assert.bound);
      return { subject: `shape(${assert.path})`, operator, bound: assert.bound, actual, holds, why };
    }
    const actual = metrics[assert.subject];
    const holds = compare(actual, operator, assert.bound);
    return { subject: assert.subject, operator, bound: assert.bound, actual, holds, why };
  };
  const rows: AssertRow[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const assert of training.asserts) {
    const row = evaluate(assert);
    rows.push(row);
    if (!row.holds) diagnostics.push(failure(assert, row));
  }
  return { rows, diagnostics };
}

function measure(training: ShapedGraph, known: AssertSources): Readonly<Record<Metric, number>> {
  const asked = new Set(training.asserts.map(({ subject }) => subject));
  const missing = (metric: Metric): boolean => asked.has(metric) && known[metric] === undefined;
  const totals = missing("params") || missing("macs") ? sumCounts(countNodes(training)) : { trainable: 0, macs: 0 };
  return {
    params: known.params ?? totals.trainable,
    macs: known.macs ?? totals.macs,
    memory: known.memory ?? (missing("memory") ? activationMemory(training).peakBytes : 0),
  };
}

const units = { params: " trainable weights", macs: " multiply-adds", memory: " bytes" } as const;

function failure(assert: GraphAssert, row: AssertRow): Diagnostic {
  const unit = assert.subject === "shape" ? "" : units[assert.subject];
  const text = (value: number | Shape): string => (typeof value === "number" ? String(value) : formatShape(value));
  const why = row.why === null ? "" : `: ${row.why}`;
  return error(
    "assert/failed",
    assert.span,
    `"${row.subject}" is ${text(row.actual)}${unit}, and the spec asserts ${row.operator} ${text(row.bound)}${why}.`,
    {
      hint:
        assert.subject === "shape"
          ? "Change the layers before it, or the assertion."
          : "Make the network smaller, or change the budget.",
    },
  );
}

function compare(actual: number, operator: ComparisonOperator, bound: number): boolean {
  switch (operator) {
    case "==":
      return actual === bound;
    case "!=":
      return actual !== bound;
    case "<":
      return actual < bound;
    case "<=":
      return actual <= bound;
    case ">":
      return actual > bound;
    case ">=":
      return actual >= bound;
  }
}

/** A comparison of two shapes holds if it holds for every axis. */
function compareShapes(actual: Shape, operator: ComparisonOperator, bound: Shape): boolean {
  if (operator === "!=") return !sameShape(actual, bound);
  return (
    actual.length === bound.length && actual.every((extent, axis) => compare(extent, operator, bound[axis] ?? NaN))
  );
}
