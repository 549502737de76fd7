import { describe, expect, it } from "vitest";
import { summarize } from "../../../src/analysis/summary.ts";
import { compile } from "../../../src/compile.ts";
import type { Budgets } from "../../../src/lint/budget.ts";
import { createSource } from "../../../src/text/source.ts";
import { lintReport } from "../lint-text.ts";

const text = `network Net {
  param width = 8
  input image [16, 16, 3]
  stem: conv 3x3 width norm=batch act=relu padding=torch
  wide: conv 3x3 64 norm=batch act=relu padding=torch
  pool avg
  flatten
  dense 10
}

network Half = Net(width=4)
`;

function findings(budgets: Budgets): readonly (readonly [string, string])[] {
  const { diagnostics } = lintReport(text, { budgets });
  return diagnostics
    .filter(({ code }) => code === "budget-exceeded")
    .map(({ message, span }) => [text.slice(span.start, span.end), message]);
}

const request = { network: null, set: new Map<string, string>(), read: () => null };
const figures = summarize(compile(createSource("net.mnet", text), request).value!.training);

describe("budget-exceeded", () => {
  it("says nothing without a budget, and at one that is just met", () => {
    expect(findings({})).toEqual([]);
    const exact = {
      parameters: figures.params.trainable,
      multiplyAdds: figures.macs,
      peakMemory: figures.memory.peakBytes,
      weightBytes: 4 * figures.params.folded,
    };
    expect(findings({ Net: exact })).toEqual([]);
    for (const [key, value] of Object.entries(exact)) {
      expect(findings({ Net: { [key]: value - 1 } }), key).toHaveLength(1);
    }
  });

  it("stands on the network's name with the numbers of both sides, a preset's on its own", () => {
    expect(findings({ "*": { parameters: 4000 } })).toEqual([
      ["Net", '"Net" exceeds its budget: 5 618 trainable parameters of 4 000.'],
    ]);
    expect(findings({ "*": { multiplyAdds: 100 } }).map(([name]) => name)).toEqual(["Net", "Half"]);
  });

  it("takes a network's own limits before those of all", () => {
    expect(findings({ "*": { parameters: 100 }, Net: { parameters: 1_000_000 } }).map(([name]) => name)).toEqual([
      "Half",
    ]);
    expect(findings({ "*": { parameters: 100 }, Net: { multiplyAdds: 1e9 }, Half: { parameters: 1e9 } })).toHaveLength(
      1,
    );
  });

  it("points at the layer that has most", () => {
    const { diagnostics } = lintReport(text, { budgets: { Net: { parameters: 1, peakMemory: 1 } } });
    const found = diagnostics.find(({ code }) => code === "budget-exceeded");
    expect(found?.message).toMatch(
      /^"Net" exceeds its budget: .* trainable parameters of 1, .* live activations of 1\.$/,
    );
    const [related] = found?.related ?? [];
    expect(related?.message).toBe('"wide" has most of them');
    expect(text.slice(related?.span.start, related?.span.end)).toMatch(/^wide: conv/);
  });
});
