import type { Shape } from "../../ir/shape.ts";
import type { Instance, Step } from "./align-instances.ts";
import type { Body } from "./body-tree.ts";
import { familyLayers, isInline, type Families } from "./families.ts";
import type { HelperPlan } from "./module-plan.ts";
import { INPUT, type Ref } from "./ref.ts";
import type { SourceLanguage } from "./source-language.ts";
import type { Value } from "./value.ts";

/** How an instance calls its helper. */
export interface Call<L extends string> {
  readonly helper: HelperPlan<L>;
  readonly values: ReadonlyMap<string, Value>;
}

/**
 * A body as a list of steps. Each step has its output shape, and each item of the body has the step that makes its
 * value.
 */
export interface PlacedInstance<L extends string> extends Instance<L> {
  readonly shapes: readonly Shape[];
  readonly refs: readonly Ref[];
}

/** Converts the items of a body to steps that can be compared. A layer that needs no helper is written in place. */
export function instanceSteps<L extends string>(
  families: Families,
  language: SourceLanguage<L>,
): (body: Body, callOf: (inner: Body) => Call<L> | undefined) => PlacedInstance<L> {
  const layersOf = familyLayers(families, language);

  return (body, callOf) => {
    const steps: Step<L>[] = [];
    const shapes: Shape[] = [];
    const push = (step: Step<L>, shape: Shape): Ref => {
      shapes.push(shape);
      return steps.push(step) - 1;
    };

    const place = (inner: Body, prefix: string, input: Ref): { refs: readonly Ref[]; output: Ref } => {
      const refs: Ref[] = [];
      const refOf = (ref: Ref): Ref => (ref === INPUT ? input : (refs[ref] ?? INPUT));
      for (const item of inner.items) {
        const path = joinPath(prefix, item.path);
        const inputs = item.inputs.map(refOf);
        if (item.kind === "body" && isInline(families, item.family)) {
          refs.push(place(item.body, path, inputs[0] ?? INPUT).output);
        } else if (item.kind === "body") {
          const call = callOf(item.body);
          if (call === undefined) throw new Error(`internal: "${item.body.path}" has no helper`);
          const target = { kind: "helper", helper: call.helper } as const;
          refs.push(push({ path, target, values: call.values, inputs }, item.body.shape));
        } else {
          let read = inputs;
          for (const { suffix, layer, attributes, shape } of layersOf(item.node)) {
            const target = { kind: "layer", layer } as const;
            read = [push({ path: joinPath(path, suffix), target, values: attributes, inputs: read }, shape)];
          }
          refs.push(read[0] ?? INPUT);
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
