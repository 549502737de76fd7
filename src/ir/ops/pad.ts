import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, refused, sameMoment, shaped } from "../op-definition.ts";
import { marginsWord, words } from "../op-text.ts";
import { asMap, formatShape } from "../shape.ts";
import { endsSchema, padsSchema } from "../window.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("pad"),
  mode: z.enum(["constant", "reflect", "replicate"]),
  margins: padsSchema,
  channels: endsSchema,
  value: z.number(),
});
/** A map with more rows, columns or channels around it. */
export type PadOp = z.infer<typeof schema>;

/**
 * Adds rows, columns and channels. `reflect` mirrors the map at its border pixels without repeating them, `replicate`
 * repeats the border pixels, and `constant` fills with the value. Added channels always contain the value.
 */
export const pad: OpDefinition<PadOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("pad", input);
    const [top, bottom, left, right] = op.margins;
    if (op.mode === "reflect" && (Math.max(top, bottom) >= map.h || Math.max(left, right) >= map.w)) {
      return refused(
        "shape/padding",
        `Margins of ${op.margins.join(", ")} (top, bottom, left, right) reflect more rows or columns than the ${formatShape(input)} map has.`,
        `Reflect at most ${map.h - 1} rows and ${map.w - 1} columns, or use mode=replicate.`,
      );
    }
    return shaped([top + map.h + bottom, left + map.w + right, op.channels[0] + map.c + op.channels[1]]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ mode, margins, channels, value }) => [
    ...(mode === "constant" ? [] : [mode]),
    `margins=${margins.join(",")}`,
    ...(channels.every((count) => count === 0) ? [] : [`channels=${channels.join(",")}`]),
    ...(value === 0 ? [] : [`value=${value}`]),
  ],
  label: ({ margins, mode, channels }) =>
    words(
      "pad",
      marginsWord(margins),
      mode !== "constant" && mode,
      channels.some((count) => count > 0) && `channels=[${channels.join(", ")}]`,
    ),
  work: "shape",
  secondMoment: sameMoment,
};

/** Tells whether a pad only adds zeros around a map, so that a conv can include them in its padding. */
export function isZeroMargin({ mode, value, channels }: PadOp): boolean {
  return mode === "constant" && value === 0 && channels.every((count) => count === 0);
}
