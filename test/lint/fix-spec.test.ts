import { describe, expect, it } from "vitest";
import { fixSpec } from "../../src/lint/fix-spec.ts";
import { createSource } from "../../src/text/source.ts";

function fix(text: string, unsafe = false) {
  const request = { network: null, set: new Map<string, string>(), read: () => null };
  const { changed, applied, report } = fixSpec(createSource("spec.mnet", text), request, unsafe);
  return { text: changed.get("spec.mnet")?.text ?? text, applied, left: report.diagnostics.map(({ code }) => code) };
}

const biased = `network N {
  input image [8, 8, 16] // an image
  conv 3x3 16 /// kept
    // and this
  conv 3x3 16   bias=true norm=batch act=relu padding=same // why
  pool avg
  flatten
  dense 10
}
`.replace(" /// kept\n    // and this\n", " act=relu padding=same // first\n    // and this\n");

describe("fixes", () => {
  it("keep comments, blanks and everything else", () => {
    expect(fix(biased)).toEqual({ text: biased.replace("   bias=true", ""), applied: 1, left: [] });
  });

  it("leave a spec alone that has none", () => {
    const clean = biased.replace("   bias=true", "");
    expect(fix(clean)).toEqual({ text: clean, applied: 0, left: [] });
  });

  it("are suggestions where they change what is computed, and then asked for", () => {
    const normed = `network N {\n  input image [8, 8, 16]\n  pool avg\n  conv 1x1 10 norm=batch\n  flatten\n}\n`;
    expect(fix(normed)).toMatchObject({ text: normed, applied: 0, left: ["bn-on-logits"] });
    expect(fix(normed, true)).toEqual({ text: normed.replace("=batch", "=none"), applied: 1, left: [] });
  });

  it("are not applied where a stated figure would no longer hold", () => {
    const stated = biased.replace("  dense 10\n", "  dense 10\n  assert params == 4842\n");
    expect(fix(stated)).toMatchObject({ text: stated, applied: 0, left: ["bias-before-bn"] });
  });
});
