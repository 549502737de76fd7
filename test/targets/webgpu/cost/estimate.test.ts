import { describe, expect, test } from "vitest";
import { deviceFacts } from "../../../../src/targets/webgpu/cost/device-class.ts";
import { estimate, type Demand } from "../../../../src/targets/webgpu/cost/estimate.ts";

const facts = deviceFacts.generic;
const nothing: Demand = {
  cost: { bytes: 0, traffic: 0, macs: 0, loads: 0 },
  workgroups: [facts.cores, 1, 1],
  workgroupSize: [facts.invocations, 1, 1],
};
const demand = (cost: Partial<Demand["cost"]>, rest: Partial<Demand> = {}) =>
  estimate({ ...nothing, ...rest, cost: { ...nothing.cost, ...cost } }, facts);

describe("a dispatch takes", () => {
  test("its launch, if it does nothing", () => {
    expect(demand({})).toEqual({ seconds: facts.launch, bound: "launch", busy: 1 });
  });

  test.each(["bytes", "traffic", "macs", "loads"] as const)("the slowest of its parts: %s", (part) => {
    const { seconds, bound } = demand({ bytes: 1, traffic: 1, macs: 1, loads: 1, [part]: facts[part] });
    expect(seconds).toBeCloseTo(1 + facts.launch, 9);
    expect(bound).toBe(part);
  });

  test("twice as long for arithmetic on half the cores, and on cores half filled; memory does not care", () => {
    const half = { workgroups: [facts.cores / 2, 1, 1] } as const;
    const thin = { workgroupSize: [facts.invocations / 2, 1, 1] } as const;
    for (const rest of [half, thin]) {
      expect(demand({ macs: facts.macs }, rest)).toMatchObject({ busy: 0.5, bound: "macs" });
      expect(demand({ macs: facts.macs }, rest).seconds).toBeCloseTo(2 + facts.launch, 9);
      expect(demand({ bytes: facts.bytes }, rest).seconds).toBeCloseTo(1 + facts.launch, 9);
    }
  });

  test("longer for the one workgroup that comes too much", () => {
    expect(demand({ macs: 1 }, { workgroups: [facts.cores + 1, 1, 1] }).busy).toBeCloseTo(
      (facts.cores + 1) / (2 * facts.cores),
    );
  });
});
