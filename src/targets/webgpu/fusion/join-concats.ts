import type { ShapedGraph } from "../../../ir/graph.ts";
import { channelsOf } from "../../../ir/shape.ts";
import type { ChosenStep } from "./choose-steps.ts";
import { readsOf, type Schedule, type Step, type Value, type ValueId } from "../schedule/schedule.ts";
import { holdsVectors, type ChannelView } from "../schedule/channel-view.ts";
import { layoutOf } from "../schedule/step-layout.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";

/** Where the operands of a concat, and those of concats among them, lie in its value. */
interface Join {
  readonly root: ValueId;
  readonly views: ReadonlyMap<ValueId, ChannelView>;
  /** The concats whose steps are spared, with their operands. */
  readonly parts: ReadonlyMap<ValueId, readonly ValueId[]>;
}

export interface Joined {
  readonly schedule: Schedule;
  readonly chosen: readonly ChosenStep[];
}

/**
 * Returns true if the step reads each input element about once. Only such a step reads a slice of a wider map without
 * loss of speed: other steps would compute the element's address in their inner loops.
 */
function readsAtDistance({ work }: Step): boolean {
  switch (work.kind) {
    case "channel_map":
    case "copy":
    case "slice":
    case "block_move":
      return true;
    case "pool":
      // Windows that do not overlap, as between the levels of a U-Net.
      return work.node.kernel.every((extent, axis) => extent <= (work.node.stride[axis] ?? 1));
    default:
      return false;
  }
}

/**
 * Needs: a schedule after fusion, with the programs that compute its steps.
 * Ensures: a concat copies nothing if its operands can be written where they belong, as channels of its value, by the steps that
 * compute them. That is so where no other step needs an operand alone (a step that reads each element once may read it there, as
 * the norms of a dense block do), and where no step would read the memory that it writes, which WebGPU refuses even for disjoint
 * parts. Stands after the choice of programs, since any program can write so, for a few whole-number operations an element. It
 * spares a dispatch and all its bytes, so there is nothing to weigh. Of concats inside each other the last has the memory.
 */
export function joinConcats(graph: ShapedGraph, schedule: Schedule, chosen: readonly ChosenStep[]): Joined {
  const facts = factsOf(graph, schedule, chosen);
  const joins: Join[] = [];
  const taken = new Set<ValueId>();
  for (const step of schedule.steps.toReversed()) {
    if (step.work.kind !== "concat" || taken.has(step.output)) continue;
    const join = joinOf(step, facts, taken, true) ?? joinOf(step, facts, taken, false);
    if (join === null) continue;
    joins.push(join);
    for (const value of [join.root, ...join.views.keys()]) taken.add(value);
  }
  return joins.length === 0 ? { schedule, chosen } : joined(schedule, chosen, joins);
}

interface Facts {
  readonly values: readonly Value[];
  readonly makerOf: ReadonlyMap<ValueId, { readonly step: Step; readonly program: KernelProgram }>;
  readonly readersOf: ReadonlyMap<ValueId, readonly { readonly step: Step; readonly program: KernelProgram }[]>;
  readonly outputs: ReadonlySet<ValueId | undefined>;
}

function factsOf(graph: ShapedGraph, { values, steps, valueOf }: Schedule, chosen: readonly ChosenStep[]): Facts {
  const makerOf = new Map<ValueId, { step: Step; program: KernelProgram }>();
  const readersOf = new Map<ValueId, { step: Step; program: KernelProgram }[]>();
  steps.forEach((step, index) => {
    const program = chosen[index]?.program;
    if (program === undefined) throw new Error(`internal: step ${index} has no program`);
    makerOf.set(step.output, { step, program });
    for (const value of readsOf(step)) readersOf.set(value, [...(readersOf.get(value) ?? []), { step, program }]);
  });
  return { values, makerOf, readersOf, outputs: new Set(graph.outputs.map(({ node }) => valueOf.get(node))) };
}

/** Null where some operand cannot lie in the concat's value. With `deep`, an operand that is a concat is replaced by its own operands. */
function joinOf(concat: Step, facts: Facts, taken: ReadonlySet<ValueId>, deep: boolean): Join | null {
  const root = concat.output;
  const of = channelsOf(concat.shape);
  const views = new Map<ValueId, ChannelView>();
  const parts = new Map<ValueId, readonly ValueId[]>();
  const makers: Step[] = [];
  const place = (step: Step, start: number): boolean => {
    let first = start;
    parts.set(
      step.output,
      step.inputs.map(({ value }) => value),
    );
    return step.inputs.every(({ value, shape }) => {
      const view = { channels: channelsOf(shape), first, of };
      first += view.channels;
      const maker = facts.makerOf.get(value);
      if (maker === undefined || taken.has(value) || views.has(value) || facts.outputs.has(value)) return false;
      if (facts.values[value]?.type !== facts.values[root]?.type) return false;
      if (!isReadAtDistance(value, step, view, facts)) return false;
      views.set(value, view);
      if (deep && maker.step.work.kind === "concat") return place(maker.step, view.first);
      makers.push(maker.step);
      return holdsVectors(view, maker.program.output.lanes);
    });
  };
  if (!place(concat, 0)) return null;
  const reads = makers.flatMap(readsOf);
  return reads.some((value) => value === root || views.has(value)) ? null : { root, views, parts };
}

/** Tells whether all steps that read a value can read it in a wider map, the concat it belongs to aside. */
function isReadAtDistance(value: ValueId, concat: Step, view: ChannelView, { readersOf }: Facts): boolean {
  const others = (readersOf.get(value) ?? []).filter(({ step }) => step !== concat);
  return others.every(
    ({ step, program }) =>
      readsAtDistance(step) && readsOf(step).every((read, index) => read !== value || canRead(program, index, view)),
  );
}

function canRead({ inputs }: KernelProgram, index: number, view: ChannelView): boolean {
  const input = inputs[index];
  return input?.kind === "input" && holdsVectors(view, input.lanes);
}

function joined(schedule: Schedule, chosen: readonly ChosenStep[], joins: readonly Join[]): Joined {
  const within = new Map(
    joins.flatMap(({ root, views }) => [...views].map(([value, view]) => [value, { value: root, view }] as const)),
  );
  const parts = new Map(joins.flatMap((join) => [...join.parts]));
  const completed = sparedByLastMaker(schedule, chosen, parts);
  const values = schedule.values.map((value, id) => {
    const place = within.get(id);
    return place === undefined ? value : { ...value, within: place };
  });
  const placed = { ...schedule, values, joins: parts };
  const kept = schedule.steps.flatMap((step, index) => {
    const choice = chosen[index];
    if (choice === undefined || parts.has(step.output)) return [];
    const isViewed = [...readsOf(step), step.output].some((value) => within.has(value));
    const program = isViewed ? choice.option.build(layoutOf(step, placed)) : choice.program;
    return { ...choice, step, program, completes: completed.get(step.output) ?? [] };
  });
  return { schedule: { ...placed, steps: kept.map(({ step }) => step) }, chosen: kept };
}

/** The choices of the concats that are spared, under the value of the step that is the last to write into them. */
function sparedByLastMaker(
  { steps }: Schedule,
  chosen: readonly ChosenStep[],
  parts: ReadonlyMap<ValueId, readonly ValueId[]>,
): ReadonlyMap<ValueId, readonly ChosenStep[]> {
  const order = new Map(steps.map(({ output }, index) => [output, index]));
  const orderOf = (value: ValueId) => order.get(value) ?? -1;
  const lastOf = (value: ValueId): ValueId =>
    parts
      .get(value)
      ?.map(lastOf)
      .reduce((last, next) => (orderOf(next) > orderOf(last) ? next : last)) ?? value;
  const spared = new Map<ValueId, readonly ChosenStep[]>();
  steps.forEach(({ output }, index) => {
    const choice = chosen[index];
    if (choice === undefined || !parts.has(output)) return;
    const last = lastOf(output);
    spared.set(last, [...(spared.get(last) ?? []), choice]);
  });
  return spared;
}
