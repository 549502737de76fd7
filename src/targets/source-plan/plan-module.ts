import type { NodeId, ShapedGraph } from "../../ir/graph.ts";
import { claimIdentifier } from "../escape.ts";
import { bodyTree, type Body } from "./body-tree.ts";
import { familiesOf, familyLayers, helperDoc, helperName, isInline } from "./families.ts";
import { familyKey, type Family } from "./family.ts";
import { findVariants, ownAlignment } from "./find-variants.ts";
import { instanceSteps, type Call } from "./instance-steps.ts";
import type { HelperPlan, ModulePlan } from "./module-plan.ts";
import { planOptions } from "./plan-options.ts";
import { INPUT } from "./ref.ts";
import type { LayersOf, SourceLanguage } from "./source-language.ts";
import type { Value } from "./value.ts";

/** Plans a module for a network: its helpers, their options, and the calls in the network. */
export function planModule<L extends string>(graph: ShapedGraph, language: SourceLanguage<L>): ModulePlan<L> {
  const tree = bodyTree(graph, language);
  const families = familiesOf(tree);
  const stepsOf = instanceSteps(families, language);
  const names = new Set(language.moduleNames);
  const helpers: HelperPlan<L>[] = [];
  const calls = new Map<Body, Call<L>>();
  const callOf = (body: Body) => calls.get(body);

  const begun = new Set<string>();
  const planFamily = (family: Family): void => {
    const key = familyKey(family);
    if (begun.has(key) || isInline(families, family)) return;
    begun.add(key);
    const bodies = families.get(key)?.bodies ?? [];
    for (const body of bodies) for (const item of body.items) if (item.kind === "body") planFamily(item.family);
    for (const variant of findVariants(bodies.map((body) => ({ body, instance: stepsOf(body, callOf) })))) {
      const planned = planOptions(variant.alignment, names, language);
      const name = claimIdentifier(helperName(family, language), "block", names, language.reserved);
      const meant = new Set(variant.bodies);
      const doc = helperDoc(
        family,
        bodies.filter((body) => meant.has(body)),
      );
      const helper: HelperPlan<L> = { name, doc, ...planned };
      helpers.push(helper);
      for (const [position, body] of variant.bodies.entries()) {
        const given = helper.options.map((option) => [option.name, option.values[position]] as const);
        const values = new Map(given.filter((entry): entry is [string, Value] => entry[1] !== undefined));
        calls.set(body, { helper, values });
      }
    }
  };
  for (const { family } of families.values()) planFamily(family);

  const network = stepsOf(tree, callOf);
  const { body } = planOptions(ownAlignment(network), names, language);
  const lines = body.lines.map((line, position) => ({ ...line, shape: network.shapes[position] ?? null }));
  const refs = new Map<NodeId, number>();
  for (const [node, ref] of tree.refs) refs.set(node, ref === INPUT ? INPUT : (network.refs[ref] ?? INPUT));
  return { helpers, network: { ...body, lines }, refs, names };
}

/** Returns the layers that a planned module has for each node of `graph`. */
export function planLayers<L extends string>(graph: ShapedGraph, language: SourceLanguage<L>): LayersOf<L> {
  return familyLayers(familiesOf(bodyTree(graph, language)), language);
}
