import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, sameMoment, shaped } from "../op-definition.ts";
import { sizeWord, words } from "../op-text.ts";
import { asMap } from "../shape.ts";
import { pairSchema } from "../window.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("resize"),
  to: z.union([z.strictObject({ factor: pairSchema }), z.strictObject({ size: pairSchema })]),
  mode: z.enum(["nearest", "bilinear", "bicubic"]),
  coordinates: z.enum(["half_pixel", "align_corners", "asymmetric"]),
});
/** A map with other extents, by whole factors or to a stated size. */
export type ResizeOp = z.infer<typeof schema>;

/** Reads the map at the places that {@link axisPlaces} gives, by nearest neighbour, linearly or by cubic convolution, clamped at its border. */
export const resize: OpDefinition<ResizeOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("factor" in op.to ? "upsample" : "resize", input);
    if ("size" in op.to) return shaped([...op.to.size, map.c]);
    return shaped([map.h * op.to.factor[0], map.w * op.to.factor[1], map.c]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ to, mode, coordinates }) => [
    "factor" in to ? to.factor.join("x") : `to=${to.size.join("x")}`,
    mode,
    ...(coordinates === "half_pixel" ? [] : [coordinates]),
  ],
  label({ to, mode, coordinates }) {
    const place = coordinates !== "half_pixel" && coordinates;
    if ("factor" in to) return words("upsample", sizeWord(to.factor), mode, place);
    return words("resize", sizeWord(to.size), mode, place);
  },
  work: "pool",
  secondMoment: sameMoment,
};

/** Where the rows or columns of the output lie on the map: the i-th at (multiply · i + offset) / divide, all three whole numbers. */
export interface AxisPlaces {
  readonly multiply: number;
  readonly offset: number;
  readonly divide: number;
}

/**
 * Returns where an axis of `from` pixels is read for `to` pixels. With half-pixel centres pixel i lies at (i + ½) · from / to − ½, with
 * aligned corners at i · (from − 1) / (to − 1), asymmetric at i · from / to.
 */
export function axisPlaces(coordinates: ResizeOp["coordinates"], from: number, to: number): AxisPlaces {
  switch (coordinates) {
    case "half_pixel":
      return { multiply: 2 * from, offset: from - to, divide: 2 * to };
    case "align_corners":
      return to === 1 ? { multiply: 0, offset: 0, divide: 1 } : { multiply: from - 1, offset: 0, divide: to - 1 };
    case "asymmetric":
      return { multiply: from, offset: 0, divide: to };
  }
}

/** Returns the places whose whole part, rounded down, is the pixel that `nearest` reads. */
export function nearestPlaces(coordinates: ResizeOp["coordinates"], from: number, to: number): AxisPlaces {
  const { multiply, offset, divide } = axisPlaces(coordinates, from, to);
  // Asymmetric places are rounded down, as PyTorch does, the others to the nearest pixel, a half up.
  if (coordinates === "asymmetric") return { multiply, offset, divide };
  return { multiply: 2 * multiply, offset: 2 * offset + divide, divide: 2 * divide };
}

/** A pixel of an axis and its share in a pixel of the output. */
export interface AxisTap {
  readonly pixel: number;
  readonly share: number;
}

/** Keys' cubic with the a of PyTorch and ONNX. Keys 1981. */
const A = -0.75;

/** Returns the pixels of an axis that each pixel of the output reads. */
export function axisTaps(
  { mode, coordinates }: Pick<ResizeOp, "mode" | "coordinates">,
  from: number,
  to: number,
): readonly (readonly AxisTap[])[] {
  const clamp = (pixel: number) => Math.min(from - 1, Math.max(0, pixel));
  const places = (mode === "nearest" ? nearestPlaces : axisPlaces)(coordinates, from, to);
  return Array.from({ length: to }, (_unused, i) => {
    const dividend = places.multiply * i + places.offset;
    const low = Math.floor(dividend / places.divide);
    if (mode === "nearest") return [{ pixel: clamp(low), share: 1 }];
    const share = (dividend - low * places.divide) / places.divide;
    if (mode === "bicubic") {
      return cubicShares(share).map((cubic, tap) => ({ pixel: clamp(low - 1 + tap), share: cubic }));
    }
    // A whole place leaves its neighbour out, NaN or infinite as that may be.
    if (share === 0 || low < 0 || low >= from - 1) return [{ pixel: clamp(low), share: 1 }];
    return [
      { pixel: low, share: 1 - share },
      { pixel: low + 1, share },
    ];
  });
}

function cubicShares(t: number): readonly number[] {
  const near = (x: number) => ((A + 2) * x - (A + 3)) * x * x + 1;
  const far = (x: number) => ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  return [far(t + 1), near(t), near(1 - t), far(2 - t)];
}
