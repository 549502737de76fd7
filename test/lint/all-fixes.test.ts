import { describe, expect, it } from "vitest";
import { summarize } from "../../src/analysis/summary.ts";
import { compile, type CompileRequest } from "../../src/compile.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { elementsOf } from "../../src/ir/shape.ts";
import { applyFixes } from "../../src/diagnostics/apply-edits.ts";
import { lint } from "../../src/lint/lint.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { createSource, type Source } from "../../src/text/source.ts";
import { specRequest, specSource } from "./spec-lint.ts";

interface Case {
  readonly name: string;
  readonly source: Source;
  readonly request: CompileRequest;
}

const alone: CompileRequest = { network: null, set: new Map(), read: () => null };

const cases: readonly Case[] = [
  ...rules.map(({ id, bad }) => ({ name: id, source: createSource("spec.mnet", bad), request: alone })),
  ...["mobilenet_v2_tf1.mnet", "kitchen_sink.mnet"].map((name) => ({
    name,
    source: specSource(name),
    request: specRequest(),
  })),
  {
    name: "mobilenet_v2_tf1.mnet, multiplier 2",
    source: specSource("mobilenet_v2_tf1.mnet"),
    request: specRequest({ multiplier: "2" }),
  },
];

/** Turns on the rules that are off. */
const severities = Object.fromEntries(
  rules.filter(({ severity }) => severity === "off").map(({ id }) => [id, "info" as const]),
);

/** Returns the figures of `mnet summary`, without the linter. */
function figures(source: Source, request: CompileRequest): Readonly<Record<string, number>> {
  const { value } = compile(source, request);
  if (value === null) throw new Error("does not compile");
  const { params, macs, residuals, memory } = summarize(value.training);
  const outputs = new Set(value.training.outputs.map(({ node }) => node));
  return {
    "trainable parameters": params.trainable,
    parameters: params.total,
    "multiply-adds": macs,
    residuals,
    "bytes of peak memory": memory.peakBytes,
    "values of output": value.training.nodes
      .filter(({ id }) => outputs.has(id))
      .reduce((sum, { shape }) => sum + elementsOf(shape), 0),
  };
}

const fixable = cases.flatMap(({ name, source, request }) =>
  lint(source, request, { severities })
    // A spec with a misspelt name, which the compiler fixes, has no figures yet.
    .diagnostics.filter(({ fix, code }) => fix !== null && !code.includes("/"))
    .map((finding) => [`${name}: ${finding.code} at ${finding.span.start}`, { source, request, finding }] as const),
);

function findingsOf(rule: string, source: Source, request: CompileRequest): readonly Diagnostic[] {
  return lint(source, request, { severities, measure: false }).diagnostics.filter(({ code }) => code === rule);
}

describe("every fix", () => {
  it("is tried", () => {
    expect(fixable.length).toBeGreaterThan(25);
  });

  it.each(fixable)("%s quietens its rule, and changes the figures as it says and no others", (_, tried) => {
    const { source, request, finding } = tried;
    const { fix } = finding;
    if (fix === null) throw new Error("no fix");
    const { sources } = applyFixes(new Map([[source.name, source]]), [fix]);
    const after = sources.get(source.name);
    if (after === undefined) throw new Error("nothing changed");
    const left = findingsOf(finding.code, after, request);
    expect(left.length).toBe(findingsOf(finding.code, source, request).length - 1);

    const [was, is] = [figures(source, request), figures(after, request)];
    const changed = Object.entries(was).flatMap(([figure, value]) => {
      const by = (is[figure] ?? 0) - value;
      return by === 0 ? [] : [{ figure, by }];
    });
    const byName = (a: { figure: string }, b: { figure: string }) => (a.figure < b.figure ? -1 : 1);
    expect([...(fix.changes ?? [])].sort(byName)).toEqual(changed.sort(byName));
    for (const { figure, by } of changed) {
      const digits = String(Math.abs(by)).replace(/\B(?=(\d{3})+$)/g, " ");
      expect(fix.message).toContain(`${digits} ${figure} ${by < 0 ? "less" : "more"}`);
    }
  });
});
