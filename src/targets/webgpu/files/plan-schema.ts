import * as z from "zod";
import { precisions } from "../schedule/storage-type.ts";

export const PLAN_VERSION = 1;

const count = z.int().min(0);
const extent = z.int().min(1);
const shape = z.array(extent).min(1).readonly();
const triple = z.tuple([extent, extent, extent]).readonly();

/** How the numbers of a slice are stored. */
const type = z.enum(precisions);

/** A slice of one of `buffers`, in bytes. */
const slice = { buffer: count, offset: count, size: extent };

/**
 * The channels of a wider map that a value is: `channels` of `of`, from `first` on. The slice is then that of the whole map. Left
 * out where a value has its slice to itself.
 */
const within = z.strictObject({ first: count, channels: extent, of: extent }).optional();

const input = z.strictObject({
  name: z.string(),
  shape,
  /** Value 0; the dispatch at index i writes value i + 1. */
  value: z.literal(0),
  ...slice,
  /** Pixels 0 to 255 become (x - mean) / std; null where they enter as they are. */
  normalization: z
    .strictObject({ mean: z.array(z.number()).readonly(), std: z.array(z.number()).readonly() })
    .nullable(),
});

/** The kernel that makes the input from a texture. It binds the texture, then the input. */
const image = z.strictObject({
  file: z.string(),
  workgroups: triple,
  /**
   * The kernel that takes the first dispatch's place where the texture has the input's size. It binds the texture in place of
   * the input, then what that dispatch binds. Null where there is none.
   */
  first: z.strictObject({ file: z.string() }).nullable(),
});

/** The kernel that finds the largest values of an output. It binds the output, then 8 bytes for each of these values. */
const topK = z.strictObject({
  file: z.string(),
  workgroups: triple,
  /** Index into `outputs`. */
  output: count,
});

const output = z.strictObject({ name: z.string(), path: z.string(), shape, value: count, ...slice });

const weightEntry = z.strictObject({
  /** Path of the layer that reads it. */
  layer: z.string(),
  slot: z.string(),
  /** Order of the axes. A 4 at the end says that the last axis is padded with zeros to vectors of four. */
  layout: z.string(),
  /** Index into `weights.buffers`. */
  buffer: count,
  /** Offset in the file. */
  offset: count,
  size: extent,
  type,
  crc32: z.string().regex(/^[0-9a-f]{8}$/),
});

const dispatch = z.strictObject({
  /** Paths of the layers it computes, in order. */
  layers: z.array(z.string()).min(1).readonly(),
  kernel: count,
  workgroups: triple,
  /** Bound first, from 0 on; the weights follow, then the output. */
  inputs: z
    .array(z.strictObject({ value: count, ...slice, within }))
    .min(1)
    .readonly(),
  /** Indices into `weights.entries`. */
  weights: z.array(count).readonly(),
  /** `path` is null for a part of a value that no layer has alone. */
  output: z.strictObject({ value: count, path: z.string().nullable(), shape, type, ...slice, within }),
});

/** `plan.json`: everything that `model.js` needs to run a network. All sizes and offsets are bytes. */
export const planSchema = z.strictObject({
  version: z.literal(PLAN_VERSION),
  network: z.string(),
  input,
  outputs: z.array(output).min(1).readonly(),
  /** Names of the classes of `output`, as far as the spec gives them; null where it gives none. */
  labels: z.array(z.string()).readonly().nullable(),
  /** Null where the input's channels are not those of an image. */
  image: image.nullable(),
  /** Null where `output` has more values than are worth ranking. */
  topK: topK.nullable(),
  requires: z.strictObject({
    features: z.array(z.string()).readonly(),
    limits: z.record(z.string(), count),
  }),
  memory: z.strictObject({ activationBytes: count, lowerBoundBytes: count, weightBytes: count }),
  buffers: z.array(z.strictObject({ size: extent })).readonly(),
  weights: z.strictObject({
    file: z.string(),
    size: count,
    /** Parts of the file that go into one GPU buffer each. */
    buffers: z.array(z.strictObject({ offset: count, size: extent })).readonly(),
    entries: z.array(weightEntry).readonly(),
  }),
  kernels: z.array(z.strictObject({ file: z.string(), workgroupSize: triple, workgroupBytes: count })).readonly(),
  dispatches: z.array(dispatch).readonly(),
  /** Values that no dispatch writes: others lie in them side by side, channel after channel. Their numbers follow the dispatches'. */
  joins: z
    .array(z.strictObject({ value: extent, path: z.string(), parts: z.array(extent).min(1).readonly() }))
    .readonly(),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanWeight = z.infer<typeof weightEntry>;
