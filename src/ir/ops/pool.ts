import * as z from "zod";
import { noMacs, noWeights, shaped, type OpDefinition } from "../op-definition.ts";
import { sizeWord, windowSettings, windowWords, words } from "../op-text.ts";
import { asMap, mapOf, type Shape } from "../shape.ts";
import { paddingSchema, pairSchema, slide, type Pads, type Window } from "../window.ts";
import { pooledMoment } from "./pooled-moment.ts";
import { collapsed, onPaddingAlone, wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("pool"),
  mode: z.enum(["avg", "max"]),
  kernel: pairSchema,
  stride: pairSchema,
  dilation: z.tuple([z.literal(1), z.literal(1)]).readonly(),
  padding: paddingSchema,
  countPadding: z.boolean(),
  ceil: z.boolean(),
});
/** The average or maximum of each channel in a window. */
export type PoolOp = z.infer<typeof schema>;

/** Average or maximum of a window. Averages divide by the pixels that lie on the map, or with `countPadding` on the map and its padding. */
export const pool: OpDefinition<PoolOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("pool", input);
    const out = slide(op, map.h, map.w);
    if (out.h < 1 || out.w < 1) return collapsed("pool", op, input);
    const { kernel, stride } = op;
    const [top, , left] = out.pads;
    // The first and the last window of each axis have the most padding, so only these are checked.
    const first = top >= kernel[0] || left >= kernel[1];
    const last = (out.h - 1) * stride[0] - top >= map.h || (out.w - 1) * stride[1] - left >= map.w;
    if (first || last) return onPaddingAlone("pool", op, out.pads, input);
    return shaped([out.h, out.w, map.c], out.pads);
  },
  weights: noWeights,
  macs: noMacs,
  settings: (op, known) => [
    op.mode,
    op.kernel.join("x"),
    ...windowSettings(op, known),
    ...(op.countPadding ? ["count_padding"] : []),
    ...(op.ceil ? ["ceil"] : []),
  ],
  label: (op) =>
    words(
      "pool",
      op.mode,
      sizeWord(op.kernel),
      ...windowWords(op),
      op.countPadding && "count_padding",
      op.ceil && "ceil",
    ),
  work: "pool",
  secondMoment: ({ mode }, [first = 1]) => pooledMoment(mode, first),
};

/**
 * Returns the pads whose pixels an average counts as zeros. Pixels of a last window beyond these pads are never
 * counted.
 */
export function countedPads(node: PoolOp, input: Shape): Pads {
  if (!node.countPadding || node.mode === "max") return [0, 0, 0, 0];
  const { h, w } = mapOf(input);
  const plain: Window = { ...node, ceil: false };
  return slide(plain, h, w).pads;
}
