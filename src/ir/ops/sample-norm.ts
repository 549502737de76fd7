import * as z from "zod";
import { ONES, ZEROS } from "../initializer.ts";
import { noMacs, refused, shaped, type OpDefinition, type WeightSlot } from "../op-definition.ts";
import { normFlags, words } from "../op-text.ts";
import { channelsOf, elementsOf, type Shape } from "../shape.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("sample_norm"),
  /**
   * The numbers that are normalised together: the channels of a pixel (`layer`, and `rms` without a mean), or all
   * pixels of the channels of a group (`group`) or of one channel (`instance`).
   */
  kind: z.enum(["layer", "rms", "group", "instance"]),
  /** Groups of channels of `group`; 1 for the other kinds. */
  groups: z.int().min(1),
  eps: z.number().positive(),
  scale: z.boolean(),
  center: z.boolean(),
});
export type SampleNormOp = z.infer<typeof schema>;

/** The settings of a norm if a spec gives none. They are the defaults of PyTorch. */
export const sampleNormUsual = { eps: 1e-5, scale: true, center: true } as const satisfies Partial<SampleNormOp>;

/** A set of numbers that share one mean and one deviation. */
export interface NormCells {
  /** Pixels of one cell. */
  readonly pixels: number;
  /** Channels of one cell, which are neighbours. */
  readonly width: number;
  /** Cells that share pixels. */
  readonly groups: number;
}

/** Returns how a norm divides a value of `shape` into cells. A vector counts as one pixel. */
export function normCells({ kind, groups }: SampleNormOp, shape: Shape): NormCells {
  const channels = channelsOf(shape);
  if (kind === "layer" || kind === "rms") return { pixels: 1, width: channels, groups: 1 };
  const cells = kind === "group" ? groups : channels;
  return { pixels: elementsOf(shape) / channels, width: channels / cells, groups: cells };
}

/**
 * Normalisation with statistics of each sample, in training and in inference: (x - mean) / sqrt(variance + eps) *
 * gamma + beta with the biased variance of each cell, and gamma and beta of each channel. `rms` divides by the root of
 * the mean square, and has no mean and no beta. Ba et al. 2016, Zhang and Sennrich 2019, Wu and He 2018, Ulyanov et
 * al. 2016.
 */
export const sampleNorm: OpDefinition<SampleNormOp> = {
  schema,
  infer(op, [input = []]) {
    if (op.kind === "instance" && input.length === 1) return wantsMap("norm instance", input);
    if (channelsOf(input) % op.groups !== 0) {
      return refused(
        "shape/groups",
        `${op.groups} groups do not divide ${channelsOf(input)} channels.`,
        "Choose a number of groups that divides the channels.",
      );
    }
    return shaped(input);
  },
  weights(op, [input = []]) {
    const shape = [channelsOf(input)];
    const slots: WeightSlot[] = [];
    if (op.scale) slots.push({ name: "gamma", shape, trainable: true, init: ONES });
    if (op.center) slots.push({ name: "beta", shape, trainable: true, init: ZEROS });
    return slots;
  },
  macs: noMacs,
  settings: (op) => [
    op.kind,
    ...(op.kind === "group" ? [`groups=${op.groups}`] : []),
    `eps=${op.eps}`,
    ...normFlags(op),
  ],
  label: ({ kind, groups }) => words(kind === "rms" ? "RMS" : kind, "norm", kind === "group" && `groups=${groups}`),
  work: "shape",
  secondMoment: () => 1,
};
