import { alignInstances, structureKey, type Alignment, type Instance } from "./align-instances.ts";
import type { Body } from "./body-tree.ts";

/** Instances that can share one helper. */
export interface Variant<L extends string> {
  readonly bodies: readonly Body[];
  readonly alignment: Alignment<L>;
}

interface Member<L extends string> {
  readonly body: Body;
  readonly instance: Instance<L>;
}

/** Instances of one structure, at least one. */
type Group<L extends string> = readonly [Member<L>, ...Member<L>[]];

/**
 * Divides the instances of a family among as few helpers as possible. Instances that differ in optional parts share
 * one helper. Instances that branch differently need several.
 */
export function findVariants<L extends string>(members: readonly Member<L>[]): readonly Variant<L>[] {
  const variants: { groups: Group<L>[]; alignment: Alignment<L> }[] = [];
  for (const group of sameStructures(members)) {
    const joined = variants.some((variant) => {
      const representatives = [...variant.groups, group].map(([first]) => first.instance);
      const alignment = alignInstances(representatives);
      if (alignment === null) return false;
      variant.groups.push(group);
      variant.alignment = alignment;
      return true;
    });
    if (!joined) variants.push({ groups: [group], alignment: ownAlignment(group[0].instance) });
  }
  return variants.map(({ groups, alignment }) => ({
    bodies: groups.flatMap((group) => group.map(({ body }) => body)),
    alignment: spreadAlignment(alignment, groups),
  }));
}

function sameStructures<L extends string>(members: readonly Member<L>[]): readonly Group<L>[] {
  const structures = new Map<string, [Member<L>, ...Member<L>[]]>();
  for (const member of members) {
    const key = structureKey(member.instance);
    const same = structures.get(key);
    if (same === undefined) structures.set(key, [member]);
    else same.push(member);
  }
  return [...structures.values()];
}

/** Aligns one instance alone: its steps are the lines. */
export function ownAlignment<L extends string>(instance: Instance<L>): Alignment<L> {
  const slots = instance.steps.map(({ path, target, inputs }, at) => ({
    path,
    target,
    inputs,
    steps: [instance.steps[at] ?? null],
    part: null,
  }));
  return { slots, parts: [], output: instance.output };
}

/** Extends an alignment of one instance of each group to all of them. Steps of a group stand in the same order. */
function spreadAlignment<L extends string>(alignment: Alignment<L>, groups: readonly Group<L>[]): Alignment<L> {
  const places = groups.map(([first]) => new Map(first.instance.steps.map((step, at) => [step, at])));
  const slots = alignment.slots.map((slot) => ({
    ...slot,
    steps: groups.flatMap((group, position) => {
      const step = slot.steps[position] ?? null;
      const at = step === null ? undefined : places[position]?.get(step);
      return group.map(({ instance }) => (at === undefined ? null : (instance.steps[at] ?? null)));
    }),
  }));
  return { ...alignment, slots };
}
