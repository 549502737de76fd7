import { describe, expect, test } from "vitest";
import { interpretOutputs } from "../../../../src/reference/interpret.ts";
import { compareTensors } from "../../../../src/reference/compare.ts";
import { WEBGPU_CORE } from "../../../../src/targets/webgpu/schedule/limits.ts";
import { planNetwork } from "../../../../src/targets/webgpu/plan-network.ts";
import { makeRecord } from "../../../../src/targets/webgpu/tuning/make-record.ts";
import { type TuningRecord, tuningSchema } from "../../../../src/targets/webgpu/files/tuning-record.ts";
import { type Variant, variantsToTry } from "../../../../src/targets/webgpu/tuning/variants-to-try.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { randomSource } from "../../../../src/weights/random.ts";
import { compileSpecFile } from "../../../support/compile-spec-file.ts";
import { emitChecked, randomImage } from "../../../support/gpu-run.ts";
import { interpretSchedule } from "../../../support/interpret-schedule.ts";

const { inference: graph, training } = compileSpecFile("tiny.mnet");
const target = { limits: WEBGPU_CORE, device: "generic", precision: "f32" } as const;
const tried = variantsToTry(graph, target);
const place = { ...target, adapter: { name: "dice", isSoftware: true } };

/** A record of random times, written to its file and read again. */
function recordOf(seed: number, isTimed: (variant: Variant) => boolean = () => true): TuningRecord {
  const { uniform } = randomSource(seed, "times");
  const record = makeRecord(graph, place, tried, (variant) => (isTimed(variant) ? 1e-6 + 1e-4 * uniform() : null));
  return tuningSchema.parse(JSON.parse(JSON.stringify(record)));
}

const waysOf = (tuning?: TuningRecord) =>
  planNetwork(graph, tuning === undefined ? {} : { tuning }).chosen.map(({ step, fusion, option }) => ({
    layers: step.covers.map(({ path }) => path),
    fusion: fusion?.pass ?? null,
    variant: option.variant,
  }));

describe("variants to try", () => {
  test("those of the cost model come first, none twice, none that only costs time", () => {
    const names = tried.variants.map(({ step, fusion, variant }) => `${step} ${fusion ?? ""} ${variant}`);
    expect(new Set(names).size).toBe(names.length);
    const planned = tried.variants.findLastIndex((variant) => variant.planned);
    expect(tried.variants.slice(0, planned + 1).every((variant) => variant.planned)).toBe(true);
    expect(tried.variants.length).toBeGreaterThan(2 * planned);
    for (let step = 0; step < tried.steps; step++) {
      const alone = tried.variants.filter((variant) => variant.step === step && variant.fusion === null);
      const estimates = alone.map(({ estimate }) => estimate);
      expect(Math.max(...estimates)).toBeLessThanOrEqual(2.5 * Math.min(...estimates));
    }
  });

  test("what the cost model takes is what it plans", () => {
    const planned = makeRecord(graph, place, tried, (variant) => (variant.planned ? variant.estimate : null));
    expect(planned.choices.map(({ layers, fusion, variant }) => ({ layers, fusion, variant }))).toEqual(waysOf());
    expect(planned.totals.tuned).toBe(planned.totals.costModel);
  });
});

describe("a record", () => {
  const weights = randomWeights(training, 3);

  test("its choices are the plan, with their times", () => {
    for (const seed of [1, 2, 3]) {
      const tuning = recordOf(seed);
      expect(waysOf(tuning)).toEqual(
        tuning.choices.map(({ layers, fusion, variant }) => ({ layers, fusion, variant })),
      );
      const { chosen } = planNetwork(graph, { tuning });
      chosen.forEach(({ measured }, index) =>
        expect(measured).toBeCloseTo((tuning.choices[index]?.microseconds ?? 0) / 1e6, 12),
      );
      expect(waysOf(tuning)).not.toEqual(waysOf());
    }
  });

  test("the same record gives the same bytes, and another one others", () => {
    const build = (seed: number) => emitChecked(graph, weights, { tuning: recordOf(seed) });
    expect(build(1)).toEqual(build(1));
    expect(build(1)).not.toEqual(build(2));
  });

  test("whatever it chooses computes the same", () => {
    const image = randomImage(graph, 5);
    const before = interpretOutputs(graph, weights, image);
    for (let seed = 0; seed < 8; seed++) {
      const after = interpretSchedule(graph, planNetwork(graph, { tuning: recordOf(seed) }).schedule, weights, image);
      for (const [name, value] of before)
        expect(compareTensors(value, after.get(name) ?? [], { relative: 0 }).reason).toBeNull();
    }
  });

  test("what it leaves open the cost model chooses", () => {
    const nothing = { ...recordOf(1), choices: [] };
    expect(waysOf(nothing)).toEqual(waysOf());
    const half = recordOf(1, ({ step, length }) => step + length <= tried.steps / 2);
    const { chosen } = planNetwork(graph, { tuning: half });
    expect(chosen.filter(({ measured }) => measured !== null)).toHaveLength(half.choices.length);
    expect(chosen.filter(({ measured }) => measured === null).length).toBeGreaterThan(0);
    expect(waysOf(half).slice(0, half.choices.length)).toEqual(
      half.choices.map(({ layers, fusion, variant }) => ({ layers, fusion, variant })),
    );
  });
});

test("a record for f16 plans f16 programs", () => {
  const half = { ...target, precision: "f16" } as const;
  const adapter = { name: "dice", isSoftware: true };
  const variants = variantsToTry(graph, half);
  const tuning = makeRecord(graph, { ...half, adapter }, variants, ({ estimate }) => estimate);
  const { schedule, chosen } = planNetwork(graph, { tuning });
  expect(schedule.precision).toBe("f16");
  expect(chosen.filter(({ program }) => program.wgsl.includes("enable f16;")).length).toBeGreaterThan(5);
  // A first map of 16x16x8 in halves, after an image in whole numbers and weights in halves.
  const stem = variants.variants.find(({ step, fusion }) => step === 0 && fusion === null);
  expect(stem?.bindings).toEqual([4 * 32 * 32 * 3, 2 * 27 * 8, 2 * 8, 2 * 16 * 16 * 8]);
});

describe("a record of something else is refused", () => {
  const good = recordOf(1);
  const [first] = good.choices;
  const plan = (changes: Partial<TuningRecord>) => () => planNetwork(graph, { tuning: { ...good, ...changes } });
  test.each([
    [{ planVersion: 99 }, /^The tuning record is for plans of version 99, and this mnet makes version \d+\.$/],
    [{ network: "Other" }, 'The tuning record is of the network "Other", and this one is "Tiny".'],
    [{ graph: "00000000" }, /^The tuning record is of another "Tiny": its graph has the hash 00000000, this one [^0]/],
    [
      { limits: { ...good.limits, maxComputeInvocationsPerWorkgroup: 1024 } },
      "The tuning record is for devices with maxComputeInvocationsPerWorkgroup 1024, and this plan is for 256.",
    ],
    [
      { choices: [{ ...first!, variant: "by magic" }] },
      /^Step 0 of the tuning record is computed by ".*by magic", which this mnet does not offer there\.$/,
    ],
    [
      { choices: [...good.choices, { ...first!, step: 99 }] },
      `The tuning record has ${good.choices.length + 1} choices, and only ${good.choices.length} of them can stand side by side.`,
    ],
  ] satisfies readonly (readonly [Partial<TuningRecord>, string | RegExp])[])("%#", (changes, message) => {
    expect(plan(changes)).toThrow(message);
  });

  test("another class of device, another precision", () => {
    expect(() => planNetwork(graph, { tuning: good, precision: "f16" })).toThrow(
      "The tuning record is for precision f32, and f16 is asked for.",
    );
    expect(() => planNetwork(graph, { tuning: good, device: "discrete" })).toThrow(
      "The tuning record is for device class generic, and discrete is asked for.",
    );
  });

  test("the network with another size", () => {
    const larger = compileSpecFile("tiny.mnet", { set: { size: 48 } }).inference;
    expect(() => planNetwork(larger, { tuning: good })).toThrow(/of another "Tiny"/);
  });
});
