import type { WeightStore } from "../../../formats/tensor.ts";
import { channelsOf } from "../../../ir/shape.ts";
import { channelAmounts, channelFactors, channelSlopes, normScaleShift } from "../../../weights/bind.ts";
import { channelSlots, type ChannelSlot } from "../schedule/schedule.ts";
import type { StorageType } from "../schedule/storage-type.ts";
import type { ChannelNode } from "../schedule/work.ts";
import { inputBinding, load, zeroOf, type PackedWeight } from "./binding.ts";
import { floatLiteral } from "./float-literal.ts";

/** What a node does to each channel, with its weights bound. */
interface BoundChannelMap {
  /** For the program's name: `scale_shift`. */
  readonly name: string;
  /** For its comment: `Scale and shift`. */
  readonly words: string;
  readonly weights: readonly PackedWeight[];
  /** Returns the expression of a value of `lanes` numbers after it; `at` gives the expression of a weight at the value's place. */
  readonly applied: (value: string, at: (weight: PackedWeight) => string, lanes: 1 | 4) => string;
}

/** Binds the weights of a channel node, in vectors of `lanes`. `prefix` tells them from other weights of the program. */
export function boundChannelMap(node: ChannelNode, prefix: string, lanes: 1 | 4, type: StorageType): BoundChannelMap {
  const weights = channelSlots(node).map((slot) => packedSlot(node, slot, `${prefix}${slot}`, lanes, type));
  const [first, second] = weights;
  const term = (at: (weight: PackedWeight) => string, weight: PackedWeight | undefined, constant: number | null) =>
    weight === undefined ? floatLiteral(constant ?? 0) : at(weight);
  switch (node.op) {
    case "batch_norm":
      return {
        name: "scale_shift",
        words: "Scale and shift",
        weights,
        applied: (value, at) => `${value} * ${term(at, first, null)} + ${term(at, second, null)}`,
      };
    case "scale":
      return {
        name: `scale${node.factor ?? ""}`,
        words: "Scale",
        weights,
        applied: (value, at) => `${value} * ${term(at, first, node.factor)}`,
      };
    case "shift":
      return {
        name: `shift${node.amount ?? ""}`,
        words: "Shift",
        weights,
        applied: (value, at) => `${value} + ${term(at, first, node.amount)}`,
      };
    case "prelu":
      // NaN fails the comparison, and comes out as it went in.
      return {
        name: "prelu",
        words: "Prelu",
        weights,
        applied: (value, at, valueLanes) =>
          `select(${value}, ${term(at, first, null)} * ${value}, ${value} < ${zeroOf(valueLanes)})`,
      };
  }
}

function packedSlot(node: ChannelNode, slot: ChannelSlot, name: string, lanes: 1 | 4, type: StorageType): PackedWeight {
  return {
    ...inputBinding(name, lanes, channelsOf(node.shape), { type, view: null }),
    layer: node.path,
    slot,
    layout: "C",
    pack: ({ store }) => Float32Array.from(slotValues(node, slot, store)),
  };
}

/** A norm's scale and shift are computed in float64 from its four weights. */
function slotValues(node: ChannelNode, slot: ChannelSlot, store: WeightStore): ArrayLike<number> {
  switch (node.op) {
    case "batch_norm":
      return normScaleShift(node, store)[slot === "scale" ? "scale" : "shift"];
    case "scale":
      return channelFactors(node, store);
    case "shift":
      return channelAmounts(node, store);
    case "prelu":
      return channelSlopes(node, store);
  }
}

/** How an epilogue's value stands to its place: `at` counts vectors of four numbers, or numbers. */
export interface StagePlace {
  /** Numbers of the value. */
  readonly lanes: 1 | 4;
  /** Expression of the place, in units of `unit` numbers. */
  readonly at: string;
  readonly unit: 1 | 4;
}

/** A channel node as a stage of an epilogue: its weights, and the expression of a value after it. */
export function channelStage(node: ChannelNode, index: number, { lanes, at, unit }: StagePlace, type: StorageType) {
  const c = channelsOf(node.shape);
  const whole = lanes === 4 && unit === 4 && c % 4 === 0;
  const map = boundChannelMap(node, `channel${index}_`, whole || lanes === 1 ? lanes : 1, type);
  const place = unit === 1 ? at : `${at} * 4u`;
  const read = (weight: PackedWeight): string => {
    if (whole) return load(weight, `${at} % ${c / 4}u`);
    if (lanes === 1) return load(weight, `${at} % ${c}u`);
    const each = [0, 1, 2, 3].map((lane) => load(weight, `(${place} + ${lane}u) % ${c}u`));
    return `vec4<f32>(${each.join(", ")})`;
  };
  return { weights: map.weights, name: node.op, expression: map.applied("value", read, lanes) };
}
