import * as z from "zod";
import { ZEROS } from "../initializer.ts";
import { noMacs, shaped, type OpDefinition } from "../op-definition.ts";
import { channelsOf } from "../shape.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("response_norm"), eps: z.number().positive() });
export type ResponseNormOp = z.infer<typeof schema>;

/** The eps of a response norm if a spec says nothing: ConvNeXt V2's. */
export const usualResponseEps = 1e-6;

/**
 * Global response norm, with the length g of each channel over all pixels: x + gamma * x * g / (mean of g over the channels + eps)
 * + beta. Gamma and beta start at 0, so it starts as the identity. Woo et al. 2023, section 3.2.
 */
export const responseNorm: OpDefinition<ResponseNormOp> = {
  schema,
  infer: (_op, [input = []]) => (input.length === 3 ? shaped(input) : wantsMap("norm response", input)),
  weights(_op, [input = []]) {
    const shape = [channelsOf(input)];
    return (["gamma", "beta"] as const).map((name) => ({ name, shape, trainable: true, init: ZEROS }));
  },
  macs: noMacs,
  settings: ({ eps }) => [`eps=${eps}`],
  label: () => "response norm",
  work: "shape",
  // The sum of the value and of about as much, times gamma.
  secondMoment: (_op, [first = 1]) => 4 * first,
};
