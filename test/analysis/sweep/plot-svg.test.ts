import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { plotSweep } from "../../../src/analysis/sweep/plot-svg.ts";
import type { SweepRow } from "../../../src/analysis/sweep/sweep-row.ts";

function row(index: number, peakBytes: number, macs: number, error: string | null = null): SweepRow {
  return {
    index,
    set: { width: index / 4, size: 96 },
    figures: { params: 1000 * (index + 1), macs, peakBytes, weightBytes: 4000 * (index + 1) },
    error: error === null ? null : { code: "assert/failed", message: error },
  };
}

const rows: readonly SweepRow[] = [
  row(0, 1000, 10_000),
  row(1, 2000, 30_000),
  row(2, 2000, 20_000),
  row(3, 1000, 90_000, 'too <big> & "wide"'),
  { index: 4, set: { width: -1, size: 96 }, figures: null, error: { code: "param/range", message: "outside" } },
];

const count = (text: string, part: string): number => text.split(part).length - 1;

describe("plotSweep", () => {
  it("draws the front, the others and the failing", () => {
    const svg = plotSweep("N", rows);
    expect(count(svg, '<circle class="front" cx="81"')).toBe(1); // the legend's
    expect(count(svg, '<circle class="front"')).toBe(1 + 2);
    expect(count(svg, '<circle class="point"')).toBe(1 + 1);
    expect(count(svg, '<circle class="failing"')).toBe(1 + 1);
    expect(svg).toContain("1 do not compile");
    expect(svg).toContain("<title>width=0.25 size=96: 30000 multiply-adds, 2000 bytes of activations at the peak");
    expect(svg).toMatch(/<path class="line" d="M[\d.]+ [\d.]+H[\d.]+V[\d.]+"\/>/);
    expect(svg).toContain(">width=0.25 size=96</text>");
  });

  it("says in words what it shows", () => {
    const svg = plotSweep("N", rows);
    expect(svg).toContain('<title id="title">N: 5 variants</title>');
    expect(svg).toMatch(
      /<desc id="description">.*width=0 size=96 \(10000 multiply-adds.*1 of 5 variants do not compile/,
    );
    expect(svg).toContain("Peak activation memory, kB in float32");
    expect(svg).toContain("Multiply-adds of one image, thousands");
  });

  it("escapes text, shows control characters, and loads nothing", async () => {
    const svg = plotSweep("N", [
      { ...row(1, 1, 1, 'too <big> & "wide"'), set: { name: "</title><script>\u0000\u001b'\ud800\uffff" } },
      { ...row(2, 3, 4), set: { name: "<&>" } },
    ]);
    expect(svg).toContain("too &lt;big&gt; &amp; &quot;wide&quot;");
    expect(svg).toContain("&lt;/title&gt;&lt;script&gt;\\u0000\\u001b&#39;\\ud800\ufffd");
    expect(svg).not.toMatch(/<script|url\(|href|@import/);
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f\ud800-\udfff\uffff]/);
    // An XML parser takes it.
    expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ format: "svg", width: 880, height: 580 });
  });

  it("is the same bytes for the same rows", () => {
    expect(plotSweep("N", rows)).toBe(plotSweep("N", structuredClone(rows)));
  });

  it("draws nothing where nothing compiles", () => {
    const svg = plotSweep("N", rows.slice(4));
    expect(svg).toContain("No variant is on the front.");
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("has no label over another", () => {
    const many = Array.from({ length: 60 }, (_, i) => row(i, 1000 + 10 * i, 1000 + 10 * i));
    const svg = plotSweep("N", many);
    const boxes = [...svg.matchAll(/class="label( end)?" x="([\d.]+)" y="([\d.]+)">([^<]*)</g)].map(
      ([, end, x, y, text = ""]) => {
        const across = text.length * 6;
        return { left: Number(x) - (end === undefined ? 0 : across), y: Number(y), across };
      },
    );
    expect(boxes.length).toBeGreaterThan(3);
    expect(boxes.length).toBeLessThan(60);
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const apart = Math.abs(a.y - b.y) >= 11 || a.left + a.across <= b.left || b.left + b.across <= a.left;
        expect(apart).toBe(true);
      }
    }
  });
});
