import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paretoFront, type Tradeoff } from "../../../src/analysis/sweep/pareto.ts";

const at = (cost: number, gain: number): Tradeoff => ({ cost, gain });

describe("paretoFront", () => {
  it("keeps what no other beats, by rising cost", () => {
    expect(paretoFront([at(3, 9), at(1, 2), at(2, 2), at(2, 5), at(4, 9), at(1, 1)])).toEqual([1, 3, 0]);
  });

  it("keeps all of several equal points", () => {
    expect(paretoFront([at(1, 1), at(2, 2), at(1, 1)])).toEqual([0, 2, 1]);
  });

  it("has no point with a NaN", () => {
    expect(paretoFront([at(NaN, 9), at(1, NaN), at(5, 5)])).toEqual([2]);
    expect(paretoFront([])).toEqual([]);
  });

  it("is the definition, applied to every pair", () => {
    const points = fc.array(fc.record({ cost: fc.integer({ min: 0, max: 8 }), gain: fc.integer({ min: 0, max: 8 }) }));
    fc.assert(
      fc.property(points, (all) => {
        const beaten = (point: Tradeoff): boolean =>
          all.some(
            (other) =>
              other.cost <= point.cost &&
              other.gain >= point.gain &&
              (other.cost < point.cost || other.gain > point.gain),
          );
        const expected = all.flatMap((point, index) => (beaten(point) ? [] : [index]));
        expect([...paretoFront(all)].sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });
});
