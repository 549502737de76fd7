import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plotAxis } from "../../../src/analysis/sweep/plot-axis.ts";

const labels = (values: readonly number[]) => plotAxis(values).ticks.map(({ label }) => label);

describe("plotAxis", () => {
  it("is linear over a narrow range and logarithmic over a wide one", () => {
    expect(plotAxis([40e6, 310e6])).toMatchObject({ logarithmic: false, unit: 1e6 });
    expect(labels([40e6, 310e6])).toEqual(["0", "100", "200", "300", "400"]);
    expect(plotAxis([552_960, 6_021_120])).toMatchObject({ logarithmic: true, unit: 1e6 });
    expect(labels([552_960, 6_021_120])).toEqual(["0.5", "1", "2", "5", "10"]);
  });

  it("labels only decades where there are many", () => {
    const axis = plotAxis([61_440, 166_133_760]);
    expect(axis.unit).toBe(1e6);
    expect(axis.ticks.map(({ label }) => label)).toEqual(["0.1", "1", "10", "100"]);
    expect(axis.place(50_000)).toBe(0);
    expect(axis.place(200e6)).toBe(1);
  });

  it("has an axis for one value, for none and for zeros", () => {
    expect(plotAxis([5]).place(5)).toBeGreaterThan(0);
    expect(labels([])).toEqual(["0", "1"]);
    expect(labels([0, 0])).toEqual(["0", "1"]);
    expect(plotAxis([0, 1, 1000]).place(0)).toBe(0);
  });

  it("places every value inside, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 50 }), { minLength: 1, maxLength: 30 }), (values) => {
        const axis = plotAxis(values);
        const places = values.toSorted((a, b) => a - b).map(axis.place);
        expect(places.every((place) => place >= 0 && place <= 1)).toBe(true);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(axis.ticks.length).toBeLessThanOrEqual(16);
        expect(axis.ticks.length).toBeGreaterThan(0);
      }),
    );
  });
});
