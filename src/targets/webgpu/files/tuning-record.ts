import * as z from "zod";
import { deviceClasses } from "../cost/device-class.ts";
import { precisions } from "../schedule/storage-type.ts";

export const TUNING_VERSION = 1;

const count = z.int().min(0);
const microseconds = z.number().min(0);

/** One way to compute a step, or several as one. */
const way = {
  /** Index of the first step it computes, in the schedule before fusion. */
  step: count,
  /** The fusion pass that makes it of several steps, or null for the step alone. */
  fusion: z.string().nullable(),
  /** Which of the kernel's ways to cut the work; empty for the only one. */
  variant: z.string(),
  /** Median, of one dispatch. */
  microseconds,
};

const choice = z.strictObject({
  ...way,
  /** Paths of the layers it computes: for people. */
  layers: z.array(z.string()).min(1).readonly(),
});

const time = z.strictObject({
  ...way,
  /** What the cost model thinks. */
  estimate: microseconds,
});

/** What `mnet tune` found out about a network on an adapter; `build --tuning` plans by it. */
export const tuningSchema = z.strictObject({
  schemaVersion: z.literal(TUNING_VERSION),
  /** Version of the plans that it is made for. */
  planVersion: count,
  network: z.string(),
  /** Tells the graph from others: CRC-32 of its printed form. */
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
  /** Of all choices; of what the cost model chooses by itself, or null where that was not all measured. */
  totals: z.strictObject({ tuned: microseconds, costModel: microseconds.nullable() }),
  /** In order. Steps that are in none are left to the cost model. */
  choices: z.array(choice).readonly(),
  /** All that was measured. */
  times: z.array(time).readonly(),
});

export type TuningRecord = z.infer<typeof tuningSchema>;
export type TunedChoice = TuningRecord["choices"][number];
