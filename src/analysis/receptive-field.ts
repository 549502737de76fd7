import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { axisWindows } from "../ir/ops/adaptive-pool.ts";
import { asMap, mapOf, type Shape } from "../ir/shape.ts";
import { effectiveKernel } from "../ir/window.ts";

/** The rows and columns of the input on which one element of a value depends. */
export type Extent2d = readonly [number, number];

interface Field {
  readonly size: Extent2d;
  /** The distance of neighbouring elements of the value, in pixels of the input. */
  readonly jump: Extent2d;
  /** The rows and columns of the map from which a vector was flattened. */
  readonly spread: Extent2d;
}

const POINT: Field = { size: [1, 1], jump: [1, 1], spread: [1, 1] };

/**
 * Returns the receptive field of every value: 1 plus the sum over convs and pools of (k - 1) * jump. Here k includes
 * dilation, and each stride multiplies the jump of the following layers. Padding counts as pixels. A join has the
 * larger field of its paths. A gate (the 1x1xC path of a `mul`) does not count, as it does not count for strides:
 * otherwise the global pool of each squeeze-and-excitation would extend the field to the whole image. Araujo, Norris
 * and Sim 2019.
 */
export function receptiveFields(graph: ShapedGraph): ReadonlyMap<NodeId, Extent2d> {
  const fields = new Map<NodeId, Field>();
  const shapes = new Map<NodeId, Shape>();
  const shapeOf = (id: NodeId | undefined): Shape => (id === undefined ? [] : (shapes.get(id) ?? []));
  const pixels = new Map<NodeId, Extent2d>();
  for (const node of graph.nodes) {
    const [first, ...others] = inputsThatCount(node, shapeOf);
    let before = first === undefined ? POINT : (fields.get(first) ?? POINT);
    for (const other of others) before = widest(before, fields.get(other) ?? POINT);
    const field = fieldAfter(node, before, shapeOf(node.inputs[0]));
    fields.set(node.id, field);
    shapes.set(node.id, node.shape);
    // After an upsample, the distance of neighbours is a fraction of a pixel.
    pixels.set(node.id, field.size.every(Number.isInteger) ? field.size : axes((axis) => Math.ceil(field.size[axis])));
  }
  return pixels;
}

function inputsThatCount(node: ShapedNode, shapeOf: (id: NodeId) => Shape): readonly NodeId[] {
  if (node.op !== "mul") return node.inputs;
  const maps = node.inputs.filter((id) => {
    const map = asMap(shapeOf(id));
    return map === null || map.h !== 1 || map.w !== 1;
  });
  return maps.length > 0 ? maps : node.inputs;
}

function fieldAfter(node: ShapedNode, before: Field, input: Shape): Field {
  switch (node.op) {
    case "conv":
    case "depthwise":
    case "pool":
      return {
        size: axes(
          (axis) =>
            before.size[axis] + (effectiveKernel(node.kernel[axis], node.dilation[axis]) - 1) * before.jump[axis],
        ),
        jump: axes((axis) => before.jump[axis] * node.stride[axis]),
        spread: before.spread,
      };
    case "adaptive_pool": {
      const { h, w } = mapOf(input);
      const extents = [h, w] as const;
      const window = (axis: 0 | 1) =>
        Math.max(...axisWindows(extents[axis], node.size[axis]).map(({ begin, end }) => end - begin));
      return {
        size: axes((axis) => before.size[axis] + (window(axis) - 1) * before.jump[axis]),
        jump: axes((axis) => (before.jump[axis] * extents[axis]) / node.size[axis]),
        spread: before.spread,
      };
    }
    case "global_pool":
      return over(before, [mapOf(input).h, mapOf(input).w]);
    case "flatten": {
      const map = asMap(input);
      return map === null ? before : { ...before, spread: [map.h, map.w] };
    }
    case "dense":
      return node.shape.length === 3 ? before : over(before, before.spread);
    case "resize": {
      const extents = [mapOf(input).h, mapOf(input).w] as const;
      const to = [mapOf(node.shape).h, mapOf(node.shape).w] as const;
      // Bilinear mixes two neighbours, bicubic four, nearest reads one.
      const reach = { nearest: 0, bilinear: 1, bicubic: 3 }[node.mode];
      return {
        size: axes((axis) => before.size[axis] + (to[axis] === extents[axis] ? 0 : reach) * before.jump[axis]),
        jump: axes((axis) => (before.jump[axis] * extents[axis]) / to[axis]),
        spread: before.spread,
      };
    }
    case "conv_transpose": {
      // The field of the windows that contribute to one output. Neighbouring windows are a stride apart.
      const reach = (axis: 0 | 1) =>
        Math.ceil(effectiveKernel(node.kernel[axis], node.dilation[axis]) / node.stride[axis]) - 1;
      return {
        size: axes((axis) => before.size[axis] + reach(axis) * before.jump[axis]),
        jump: axes((axis) => before.jump[axis] / node.stride[axis]),
        spread: before.spread,
      };
    }
    case "depth_to_space":
      return { ...before, jump: axes((axis) => before.jump[axis] / node.blockSize) };
    case "space_to_depth":
      return {
        size: axes((axis) => before.size[axis] + (node.blockSize - 1) * before.jump[axis]),
        jump: axes((axis) => before.jump[axis] * node.blockSize),
        spread: before.spread,
      };
    default:
      return before;
  }
}

/** The field of an op that reads the whole map. */
function over(before: Field, extents: Extent2d): Field {
  return {
    size: axes((axis) => before.size[axis] + (extents[axis] - 1) * before.jump[axis]),
    jump: axes((axis) => before.jump[axis] * extents[axis]),
    spread: [1, 1],
  };
}

function axes(of: (axis: 0 | 1) => number): Extent2d {
  return [of(0), of(1)];
}

function widest(a: Field, b: Field): Field {
  const larger = (x: Extent2d, y: Extent2d): Extent2d => axes((axis) => Math.max(x[axis], y[axis]));
  return { size: larger(a.size, b.size), jump: larger(a.jump, b.jump), spread: larger(a.spread, b.spread) };
}
