import type { ShapedGraph } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import type { ActivationNames } from "./activation-names.ts";
import type { Instance, Step } from "./align-instances.ts";
import { INPUT, type Body, type Ref } from "./body-tree.ts";
import { isInline, type Families } from "./families.ts";
import type { LayerSpec } from "./layer-spec.ts";
import type { HelperPlan } from "./module-plan.ts";
import { nodeLayers } from "./node-layers.ts";
import type { Value } from "./value.ts";

/** How an instance calls its helper. */
export interface Call {
  readonly helper: HelperPlan;
  readonly values: ReadonlyMap<string, Value>;
}

/** A body as steps, with the shape each makes, and where the value of each of its items is. */
export interface PlacedInstance extends Instance {
  readonly shapes: readonly Shape[];
  readonly refs: readonly Ref[];
}

/** Lays a body's items out as steps that can be compared; a layer that needs no helper is spread out in place. */
export function instanceSteps(
  graph: ShapedGraph,
  families: Families,
  activations: ActivationNames,
): (body: Body, callOf: (inner: Body) => Call | undefined) => PlacedInstance {
  const layersOf = nodeLayers(graph, families, activations);

  return (body, callOf) => {
    const steps: Step[] = [];
    const shapes: Shape[] = [];
    const push = (step: Step, shape: Shape): Ref => {
      shapes.push(shape);
      return steps.push(step) - 1;
    };
    const pushLayer = (path: string, { layer, attributes }: LayerSpec, inputs: readonly Ref[], shape: Shape): Ref =>
      push({ path, target: `layer:${layer}`, values: attributes, inputs }, shape);

    const place = (inner: Body, prefix: string, input: Ref): { refs: readonly Ref[]; output: Ref } => {
      const refs: Ref[] = [];
      const refOf = (ref: Ref): Ref => (ref === INPUT ? input : (refs[ref] ?? INPUT));
      for (const item of inner.items) {
        const path = joinPath(prefix, item.path);
        const inputs = item.inputs.map(refOf);
        if (item.kind === "body" && isInline(families, item.body.family)) {
          refs.push(place(item.body, path, inputs[0] ?? INPUT).output);
        } else if (item.kind === "body") {
          const call = callOf(item.body);
          if (call === undefined) throw new Error(`internal: "${item.body.path}" has no helper`);
          refs.push(push({ path, target: `call:${call.helper.name}`, values: call.values, inputs }, item.body.shape));
        } else {
          const { shape } = item.node;
          const { zeros, layer, flattened } = layersOf(item.node);
          const padded = zeros === null ? inputs : [pushLayer(joinPath(path, "pad"), zeros, inputs, [])];
          refs.push(pushLayer(path, layer, padded, flattened ? shape.slice(-1) : shape));
        }
      }
      return { refs, output: refOf(inner.output) };
    };
    return { steps, shapes, ...place(body, "", INPUT) };
  };
}

function joinPath(before: string, after: string): string {
  return before === "" || after === "" ? `${before}${after}` : `${before}/${after}`;
}
