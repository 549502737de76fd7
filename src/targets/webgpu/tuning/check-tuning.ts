import type { ShapedGraph } from "../../../ir/graph.ts";
import { printGraph } from "../../../ir/print.ts";
import { crc32 } from "../../../formats/crc32.ts";
import type { DeviceClass } from "../cost/device-class.ts";
import type { LimitName, LimitProfile } from "../schedule/limits.ts";
import { PLAN_VERSION } from "../files/plan-schema.ts";
import type { Precision } from "../schedule/storage-type.ts";
import { TuningError } from "../files/tuning-error.ts";
import type { TuningRecord } from "../files/tuning-record.ts";

/** What programs are made for. They may run elsewhere. */
export interface TuningTarget {
  readonly limits: LimitProfile;
  readonly device: DeviceClass;
  readonly precision: Precision;
}

/** Hashes the printed graph: whatever changes a program changes the hash, while comments and the order of a spec do not. */
export function graphDigest(graph: ShapedGraph): string {
  return crc32(new TextEncoder().encode(printGraph(graph)));
}

/** Throws {@link TuningError} for a record that was not made for this graph, these limits, this class of device and this precision. */
export function checkTuning(
  graph: ShapedGraph,
  record: TuningRecord,
  { limits, device, precision }: TuningTarget,
): void {
  const fail = (message: string) => {
    throw new TuningError(message);
  };
  if (record.planVersion !== PLAN_VERSION)
    fail(
      `The tuning record is for plans of version ${record.planVersion}, and this mnet makes version ${PLAN_VERSION}.`,
    );
  if (record.network !== graph.name)
    fail(`The tuning record is of the network "${record.network}", and this one is "${graph.name}".`);
  const digest = graphDigest(graph);
  if (record.graph !== digest)
    fail(
      `The tuning record is of another "${graph.name}": its graph has the hash ${record.graph}, this one ${digest}.`,
    );
  if (record.device !== device)
    fail(`The tuning record is for device class ${record.device}, and ${device} is asked for.`);
  if (record.precision !== precision)
    fail(`The tuning record is for precision ${record.precision}, and ${precision} is asked for.`);
  const names = Object.keys(limits).filter((name): name is LimitName => name !== "name");
  const other = names.find((name) => record.limits[name] !== limits[name]);
  if (other !== undefined)
    fail(
      `The tuning record is for devices with ${other} ${record.limits[other]}, and this plan is for ${limits[other]}.`,
    );
}
