import { alignInstances, structureKey, type Alignment, type Instance } from "./align-instances.ts";
import type { Body } from "./body-tree.ts";

/** Instances that one helper can stand for. */
export interface Variant {
  readonly bodies: readonly Body[];
  readonly alignment: Alignment;
}

interface Member {
  readonly body: Body;
  readonly instance: Instance;
}

/** As few helpers as say all instances of a family: one where their parts are optional, more where they branch differently. */
export function findVariants(members: readonly Member[]): readonly Variant[] {
  const variants: { groups: (readonly [Member, ...Member[]])[]; alignment: Alignment }[] = [];
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

function sameStructures(members: readonly Member[]): readonly (readonly [Member, ...Member[]])[] {
  const structures = new Map<string, [Member, ...Member[]]>();
  for (const member of members) {
    const key = structureKey(member.instance);
    const same = structures.get(key);
    if (same === undefined) structures.set(key, [member]);
    else same.push(member);
  }
  return [...structures.values()];
}

/** One structure alone: its steps are the lines. */
export function ownAlignment(instance: Instance): Alignment {
  const slots = instance.steps.map(({ path, target, inputs }, at) => ({
    path,
    target,
    inputs,
    steps: [instance.steps[at] ?? null],
    part: null,
  }));
  return { slots, parts: [], output: instance.output };
}

/** From one representative of each structure to all its instances, whose steps stand in the same order. */
function spreadAlignment(alignment: Alignment, groups: readonly (readonly [Member, ...Member[]])[]): Alignment {
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
