import { describe, expect, it } from "vitest";
import { applyBaseline, baselineSchema, makeBaseline } from "../../src/lint/baseline.ts";
import { formatSource } from "../../src/format/format-source.ts";
import { createSource } from "../../src/text/source.ts";
import { lintReport } from "./lint-text.ts";

const untidy = `network N {
  input image [8, 8, 16]
  conv 3x3 16   bias=true norm=batch act=relu padding=same // first
  conv 3x3 16 bias=true norm=batch act=relu padding=same
  conv 1x1 16 bias=true norm=batch act=relu padding=same
  pool avg
  flatten
  dense 10
}
`;
const same = (file: string): string => file;

function known(text: string) {
  const { diagnostics, sources } = lintReport(text);
  return makeBaseline(diagnostics, sources, same);
}

function judge(text: string, baseline = known(untidy)) {
  const { diagnostics, sources } = lintReport(text);
  const { fresh, known: hidden, gone } = applyBaseline(diagnostics, sources, same, baseline);
  return [fresh.map(({ code }) => code), hidden, gone] as const;
}

describe("a baseline", () => {
  it("keeps what a finding is on, equal ones counted, and reads back", () => {
    const baseline = known(untidy);
    expect(baseline.findings).toEqual([
      { file: "spec.mnet", rule: "bias-before-bn", text: "conv1x116bias=truenorm=batchact=relupadding=same", count: 1 },
      { file: "spec.mnet", rule: "bias-before-bn", text: "conv3x316bias=truenorm=batchact=relupadding=same", count: 2 },
    ]);
    expect(baselineSchema.parse(JSON.parse(JSON.stringify(baseline)))).toEqual(baseline);
  });

  it("knows its findings again when lines move, comments change or figures do", () => {
    expect(judge(untidy)).toEqual([[], 3, 0]);
    expect(judge(`// above\n\n${untidy.replace("// first", "// second").replaceAll("\n", "\r\n")}`)).toEqual([
      [],
      3,
      0,
    ]);
    expect(judge(untidy.replace("[8, 8, 16]", "[8, 8, 32]"))).toEqual([[], 3, 0]);
    const spaced = untidy.replaceAll("  conv", "  conv  ").replace("[8, 8, 16]", "[8,8,16]");
    expect(judge(spaced)).toEqual([[], 3, 0]);
    const { value } = formatSource(createSource("spec.mnet", spaced));
    // The formatter moves padding forward, so the baseline is made of what it wrote.
    expect(judge(value ?? "", known(value ?? ""))).toEqual([[], 3, 0]);
  });

  it("tells what is new: another line, a line that changed, one more of the same", () => {
    expect(judge(untidy.replace("  pool", "  conv 5x5 16 bias=true norm=batch act=relu padding=same\n  pool"))).toEqual(
      [["bias-before-bn"], 3, 0],
    );
    expect(judge(untidy.replace("conv 1x1 16", "conv 1x1 32"))).toEqual([["bias-before-bn"], 2, 1]);
    expect(judge(untidy.replace("  conv 1x1", "  conv 3x3"))).toEqual([["bias-before-bn"], 2, 1]);
  });

  it("says how many of its findings are gone", () => {
    expect(judge(untidy.replace(" bias=true", ""))).toEqual([[], 2, 1]);
  });

  it("never hides what the compiler finds", () => {
    const broken = untidy.replace("dense 10", "dens 10");
    expect(known(broken).findings).toEqual([]);
    expect(judge(broken, known(broken))[0]).toEqual(["name/unknown-op"]);
  });
});
