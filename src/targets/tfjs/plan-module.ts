import type { NodeId, ShapedGraph } from "../../ir/graph.ts";
import { claimIdentifier } from "../escape.ts";
import type { ActivationNames } from "./activation-names.ts";
import { bodyTree, INPUT, type Body } from "./body-tree.ts";
import { customNames } from "./custom-layers.ts";
import { familiesOf, helperDoc, helperName, isInline } from "./families.ts";
import { findVariants, ownAlignment } from "./find-variants.ts";
import { instanceSteps, type Call } from "./instance-steps.ts";
import type { LayerName } from "./layer-spec.ts";
import type { HelperPlan, ModulePlan, Target } from "./module-plan.ts";
import { localNames } from "./name-options.ts";
import { planOptions } from "./plan-options.ts";
import type { Value } from "./value.ts";

/** What the top level of a module may define or use besides its helpers. */
const ownNames = [
  ...[
    "tf",
    "apply",
    "createModel",
    "loadWeights",
    "globalAveragePool",
    "globalMaxPool",
    "activationLayer",
    "windowArea",
  ],
  ...["depthwiseHeNormal", "depthwiseHeUniform", "depthwiseGlorotNormal", "depthwiseGlorotUniform"],
  ...["TensorEntry", "weightSlots", "renamed", "trunk", "valueOf", "model", ...localNames],
  ...[
    "Array",
    "BigInt",
    "DataView",
    "Error",
    "Float32Array",
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "Set",
    "String",
  ],
  ...["TextDecoder", "Uint8Array", "ArrayBuffer", "Record", "NonNullable", "ConstructorParameters", "ReturnType"],
  ...customNames,
];

/** Graph to module: which functions there are, what they take, and how the network calls them. */
export function planModule(graph: ShapedGraph, activations: ActivationNames): ModulePlan {
  const tree = bodyTree(graph);
  const families = familiesOf(tree);
  const stepsOf = instanceSteps(graph, families, activations);
  const names = new Set(ownNames);
  const helpers = new Map<string, HelperPlan>();
  const calls = new Map<Body, Call>();
  const callOf = (body: Body) => calls.get(body);

  const targetOf = (target: string): Target => {
    const [kind, name = ""] = target.split(":");
    const helper = helpers.get(name);
    return kind === "call" && helper !== undefined
      ? { kind: "helper", helper }
      : { kind: "layer", layer: name as LayerName };
  };

  const begun = new Set<string>();
  const planFamily = (family: string): void => {
    if (begun.has(family) || isInline(families, family)) return;
    begun.add(family);
    const bodies = families.get(family) ?? [];
    for (const body of bodies) for (const item of body.items) if (item.kind === "body") planFamily(item.body.family);
    for (const variant of findVariants(bodies.map((body) => ({ body, instance: stepsOf(body, callOf) })))) {
      const planned = planOptions(variant.alignment, targetOf, names);
      const name = claimIdentifier(helperName(family), "block", names);
      const meant = new Set(variant.bodies);
      const doc = helperDoc(
        family,
        bodies.filter((body) => meant.has(body)),
      );
      const helper: HelperPlan = { name, doc, ...planned };
      helpers.set(name, helper);
      for (const [position, body] of variant.bodies.entries()) {
        const given = helper.options.map((option) => [option.name, option.values[position]] as const);
        const values = new Map(given.filter((entry): entry is [string, Value] => entry[1] !== undefined));
        calls.set(body, { helper, values });
      }
    }
  };
  for (const family of families.keys()) planFamily(family);

  const network = stepsOf(tree, callOf);
  const { body } = planOptions(ownAlignment(network), targetOf, names);
  const lines = body.lines.map((line, position) => ({ ...line, shape: network.shapes[position] ?? null }));
  const refs = new Map<NodeId, number>();
  for (const [node, ref] of tree.refs) refs.set(node, ref === INPUT ? INPUT : (network.refs[ref] ?? INPUT));
  return { helpers: [...helpers.values()], network: { ...body, lines }, refs, names };
}
