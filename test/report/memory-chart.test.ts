import { describe, expect, it } from "vitest";
import { shortBytes } from "../../src/text/short-bytes.ts";
import { describeLife, describeTimeline } from "../../src/report/describe-timeline.ts";
import { memoryChart } from "../../src/report/memory-chart.ts";
import { memoryTimeline, type MemoryTimeline } from "../../src/report/memory-timeline.ts";
import { planNetwork } from "../../src/targets/webgpu/plan-network.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";

const { inference } = compileSpecFile("tiny.mnet");
const timeline = memoryTimeline(inference, planNetwork(inference));

describe("memoryTimeline", () => {
  it("has every value in its buffer, and never two in one place at one time", () => {
    expect(timeline.values.map(({ path }) => path)).toContain("image");
    for (const value of timeline.values) {
      expect(value.offset + value.bytes).toBeLessThanOrEqual(timeline.buffers[value.buffer] ?? 0);
      const meeting = timeline.values.filter(
        (other) =>
          other !== value &&
          other.buffer === value.buffer &&
          other.offset < value.offset + value.bytes &&
          value.offset < other.offset + other.bytes &&
          other.born <= value.dies &&
          value.born <= other.dies,
      );
      expect(meeting).toEqual([]);
    }
  });
});

describe("memoryChart", () => {
  it("has a bar with its words for each value, inside the picture", () => {
    const svg = memoryChart(timeline);
    const [, width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) (\d+)"/.exec(svg) ?? []).map(Number);
    const bars = [...svg.matchAll(/<rect class="b\d" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)];
    expect(bars).toHaveLength(timeline.values.length);
    for (const [, x, y, wide, high] of bars) {
      expect(Number(x) + Number(wide)).toBeLessThanOrEqual(width);
      expect(Number(y) + Number(high)).toBeLessThan(height);
    }
    expect(svg).toContain("<title>image: 12 288 bytes in buffer ");
    expect(svg).toContain(`<desc id="memory-chart-text">${describeTimeline(timeline)}</desc>`);
  });

  it("draws bars as high as their bytes, and names those with room", () => {
    const svg = memoryChart({
      buffers: [400],
      dispatches: 2,
      lowerBoundBytes: 400,
      values: [
        { path: "image", buffer: 0, offset: 0, bytes: 200, born: -1, dies: 0 },
        { path: "a/b", buffer: 0, offset: 200, bytes: 100, born: 0, dies: 1 },
        { path: "c", buffer: 0, offset: 0, bytes: 1, born: 1, dies: 2 },
      ],
    });
    expect([...svg.matchAll(/<rect class="b0"[^>]* height="([^"]*)"/g)].map(([, high]) => Number(high))).toEqual([
      159, 79, 2,
    ]);
    expect(svg).toContain(">image</text>");
    expect(svg).toContain(">a/b</text>");
    expect(svg).not.toContain(">c</text>");
  });

  it("keeps hundreds of dispatches apart, and numbers some of them", () => {
    const svg = memoryChart({ buffers: [4], dispatches: 600, lowerBoundBytes: 4, values: [] });
    expect(Number(/width="([\d.]+)"/.exec(svg)?.[1])).toBeGreaterThan(4000);
    expect(svg).toContain(">590</text>");
    expect(svg).not.toContain(">591</text>");
  });
});

describe("the words", () => {
  const one: MemoryTimeline = {
    buffers: [1000],
    dispatches: 1,
    lowerBoundBytes: 1000,
    values: [{ path: "image", buffer: 0, offset: 0, bytes: 1000, born: -1, dies: 1 }],
  };

  it("say what the chart shows", () => {
    expect(describeTimeline(one)).toBe(
      "Over 1 dispatch, 1 value share 1 buffer of 1 000 bytes, the least that this order of dispatches needs. The biggest value is image, 1 000 bytes.",
    );
    expect(describeTimeline({ ...one, buffers: [1000, 24] })).toContain(
      "2 buffers of 1 024 bytes; any plan of this order needs 1 000.",
    );
  });

  it("say from when to when a value lives", () => {
    expect(describeLife(-1, 3, 9)).toBe("from the start to 3");
    expect(describeLife(2, 2, 9)).toBe("in dispatch 2");
    expect(describeLife(2, 9, 9)).toBe("from dispatch 2 to the end");
  });

  it("give bytes three digits", () => {
    expect([12, 1234, 999_600, 1_505_280].map(shortBytes)).toEqual(["12 B", "1.23 kB", "1 MB", "1.51 MB"]);
  });
});
