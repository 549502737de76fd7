import * as z from "zod";
import { deviceClasses } from "../cost/device-class.ts";
import { precisions } from "../schedule/storage-type.ts";

export const TUNING_VERSION = 1;

const count = z.int().min(0);
const microseconds = z.number().min(0);

/** One way to compute a step, or several as one. */
const way = {
  /** Index of the first step that it computes, in the schedule before fusion. */
  step: count,
  /** The fusion pass that makes it of several steps, or null for the step alone. */
  fusion: z.string().nullable(),
  /** The kernel's way to cut the work; empty where it has only one. */
  variant: z.string(),
  /** Median time of one dispatch. */
  microseconds,
};

const choice = z.strictObject({
  ...way,
  /** Paths of the layers that it computes, for people to read. */
  layers: z.array(z.string()).min(1).readonly(),
});

const time = z.strictObject({
  ...way,
  /** Microseconds by the cost model. */
  estimate: microseconds,
});

/** What `mnet tune` found out about a network on an adapter. `build --tuning` plans by it. */
export const tuningSchema = z.strictObject({
  schemaVersion: z.literal(TUNING_VERSION),
  /** Version of the plans that it is made for. */
  planVersion: count,
  network: z.string(),
  /** CRC-32 of the printed graph, which tells it from others. */
  graph: z.string().regex(/^[0-9a-f]{8}$/),
  device: z.enum(deviceClasses),
  precision: z.enum(precisions),
  adapter: z.strictObject({ name: z.string(), isSoftware: z.boolean() }),
  /** What the programs may ask of a device. */
  limits: z.strictObject({
    name: z.string(),
    maxStorageBufferBindingSize: count,
    maxBufferSize: count,
    maxStorageBuffersPerShaderStage: count,
    maxComputeWorkgroupsPerDimension: count,
    maxComputeInvocationsPerWorkgroup: count,
    maxComputeWorkgroupStorageSize: count,
  }),
  /** Microseconds of all choices, and of what the cost model chooses by itself; null where not all of that was measured. */
  totals: z.strictObject({ tuned: microseconds, costModel: microseconds.nullable() }),
  /** The choices in order of steps. The cost model chooses for steps that are in none. */
  choices: z.array(choice).readonly(),
  /** All that was measured. */
  times: z.array(time).readonly(),
});

/** The times measured on one device, and the choices that they fix. */
export type TuningRecord = z.infer<typeof tuningSchema>;
export type TunedChoice = TuningRecord["choices"][number];
