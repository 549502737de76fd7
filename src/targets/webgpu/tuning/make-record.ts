import type { ShapedGraph } from "../../../ir/graph.ts";
import { PLAN_VERSION } from "../files/plan-schema.ts";
import { graphDigest, type TuningTarget } from "./check-tuning.ts";
import { chooseMeasured } from "./choose-measured.ts";
import { TUNING_VERSION, type TuningRecord } from "../files/tuning-record.ts";
import type { Variant, VariantsToTry } from "./variants-to-try.ts";

export interface TuningPlace extends TuningTarget {
  readonly adapter: TuningRecord["adapter"];
}

/**
 * Makes a record of what was tried on a graph.
 * @param secondsOf seconds that a variant took; null where it was not timed
 */
export function makeRecord(
  graph: ShapedGraph,
  { limits, device, precision, adapter }: TuningPlace,
  { steps, variants }: VariantsToTry,
  secondsOf: (variant: Variant) => number | null,
): TuningRecord {
  const measured = variants
    .flatMap((variant) => {
      const seconds = secondsOf(variant);
      return seconds === null ? [] : [{ ...variant, microseconds: microseconds(seconds) }];
    })
    .toSorted((a, b) => a.step - b.step || a.length - b.length || a.microseconds - b.microseconds);
  const chosen = chooseMeasured(steps, measured);
  const planned = chooseMeasured(
    steps,
    measured.filter((variant) => variant.planned),
  );
  const covered = planned.reduce((sum, { length }) => sum + length, 0);
  return {
    schemaVersion: TUNING_VERSION,
    planVersion: PLAN_VERSION,
    network: graph.name,
    graph: graphDigest(graph),
    device,
    precision,
    adapter,
    limits,
    totals: { tuned: total(chosen), costModel: covered < steps ? null : total(planned) },
    choices: chosen.map((way) => ({ ...wayOf(way), layers: way.layers })),
    times: measured.map((way) => ({ ...wayOf(way), estimate: microseconds(way.estimate) })),
  };
}

type Measured = Variant & { readonly microseconds: number };

function wayOf({ step, fusion, variant, microseconds }: Measured) {
  return { step, fusion, variant, microseconds };
}

/** Rounds to a thousandth of a microsecond; further digits are noise. */
function microseconds(seconds: number): number {
  return Math.round(seconds * 1e9) / 1e3;
}

function total(ways: readonly Measured[]): number {
  return microseconds(ways.reduce((sum, way) => sum + way.microseconds, 0) / 1e6);
}
