import { nodeAt, type ShapedNode } from "../ir/graph.ts";
import { asMap, channelsOf } from "../ir/shape.ts";
import { isPointwise } from "./find-bottlenecks.ts";
import type { LinearStep } from "./linear-steps.ts";
import type { NetworkContext } from "./network-context.ts";
import { nextLinear } from "./next-linear.ts";

/** Linear layers in a row without an activation between them, and the cost of the cheapest layers that compute the same. */
export interface LinearChain {
  /** Two or more layers, or one layer before a global average. */
  readonly steps: readonly [LinearStep, ...LinearStep[]];
  readonly macs: number;
  readonly mergedMacs: number;
}

/** Most layers in one stretch. A longer chain is merged in parts. */
const longest = 16;

/** Returns the stretches of each chain that merge into one layer that costs no more. */
export function linearChains(context: NetworkContext): readonly LinearChain[] {
  const taken = new Set<LinearStep>();
  return context.steps.flatMap((first) => {
    if (taken.has(first)) return [];
    const chain = [first];
    let last = first;
    while (last.act === null) {
      const next = nextLinear(context, last);
      if (next === null) break;
      chain.push(next);
      last = next;
    }
    for (const step of chain) taken.add(step);
    if (chain.length === 1 && !isAveraged(first)) return [];
    return stretches(context, chain);
  });
}

/** Splits a chain into stretches so that the merged layers have the fewest multiply-adds together. */
function stretches(context: NetworkContext, chain: readonly LinearStep[]): readonly LinearChain[] {
  const size = chain.length;
  // best[i] has the fewest multiply-adds of the first i layers, and the start of their last stretch.
  const best: { readonly macs: number; readonly from: number }[] = [{ macs: 0, from: 0 }];
  for (let end = 1; end <= size; end++) {
    let choice = { macs: Infinity, from: end - 1 };
    for (let from = Math.max(0, end - longest); from < end; from++) {
      const merged = mergedMacs(context, chain.slice(from, end));
      const macs = (best[from]?.macs ?? 0) + merged;
      // `from` grows, so the longest of equally cheap stretches wins.
      if (macs < choice.macs) choice = { macs, from };
    }
    best.push(choice);
  }
  const found: LinearChain[] = [];
  for (let end = size; end > 0; end = best[end]?.from ?? 0) {
    const from = best[end]?.from ?? 0;
    const [first, ...rest] = chain.slice(from, end);
    if (first === undefined) break;
    const steps = [first, ...rest] as const;
    const macs = steps.reduce((sum, { node }) => sum + (context.counts.get(node.id)?.macs ?? 0), 0);
    const merged = mergedMacs(context, steps);
    if (steps.length > 1 || merged < macs) found.push({ steps, macs, mergedMacs: merged });
  }
  return found.reverse();
}

/**
 * Returns the multiply-adds of one layer that replaces several; infinite if there is no such layer. A conv merges exactly with the 1x1
 * convs after it, because they read no padding. 1x1 convs can swap places with a global average after them, and then work on one
 * pixel.
 */
function mergedMacs(context: NetworkContext, steps: readonly LinearStep[]): number {
  const [first, ...rest] = steps;
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return 0;
  const [before, after] = [inputChannels(context, first), channelsOf(last.node.shape)];
  const matrices = rest.every((step, index) => isMatrix(context, step, steps[index]));
  if (matrices && isMatrix(context, first) && steps.some((step) => isAveraged(step))) return before * after;
  if (rest.length === 0) return context.counts.get(first.node.id)?.macs ?? 0;
  if (!matrices) return Infinity;
  const { node } = first;
  const window = node.op === "dense" ? 1 : node.kernel[0] * node.kernel[1];
  return window * before * pixels(node) * after;
}

/** True for a layer that is one matrix at each pixel. It reads no padding, so it merges with its neighbours. */
function isMatrix(context: NetworkContext, step: LinearStep, previous?: LinearStep): boolean {
  const { node } = step;
  if (node.op === "dense") {
    // After a flattened map a dense layer is a window as large as the map.
    return previous === undefined || channelsOf(previous.node.shape) === inputChannels(context, step);
  }
  return (
    node.op === "conv" &&
    isPointwise(step) &&
    node.stride.every((stride) => stride === 1) &&
    node.pads.every((pad) => pad === 0)
  );
}

function pixels({ shape }: ShapedNode): number {
  const map = asMap(shape);
  return map === null ? 1 : map.h * map.w;
}

function inputChannels(context: NetworkContext, { node }: LinearStep): number {
  const [input] = node.inputs;
  return input === undefined ? 0 : channelsOf(nodeAt(context.index, input).shape);
}

/** True if a global average over more than one pixel is the only reader of a step's value. */
function isAveraged({ act, readers, node }: LinearStep): boolean {
  const [reader, ...others] = act === null ? readers : [];
  return reader?.op === "global_pool" && reader.mode === "avg" && others.length === 0 && pixels(node) > 1;
}
