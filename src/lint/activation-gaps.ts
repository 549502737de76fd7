import type { Fix } from "../diagnostics/diagnostic.ts";
import { isPointwise } from "./find-bottlenecks.ts";
import { setAttribute } from "./edits.ts";
import { familyOf } from "./families.ts";
import type { LinearStep } from "./linear-steps.ts";
import type { NetworkContext } from "./network-context.ts";
import { nextLinear } from "./next-linear.ts";
import { layerOf } from "./trace-places.ts";
import { usualActivation } from "./usual-activation.ts";

/** A layer that lacks the activation which its place in the network calls for. */
export interface ActivationGap {
  readonly step: LinearStep;
  /** `the stem`, `the expansion`. */
  readonly role: string;
  /** The linear layer that follows with nothing between that bends. */
  readonly next: LinearStep;
}

/**
 * Convs that are directly followed by another linear layer. Projections of inverted bottlenecks are linear by design, and so
 * are depthwise convs that no expansion stands before, save in families that activate them.
 */
export function activationGaps(context: NetworkContext): readonly ActivationGap[] {
  const projections = new Set(context.bottlenecks.map(({ project }) => project));
  const expansions = new Set(context.bottlenecks.map(({ expand }) => expand));
  const depthwise = new Set(context.bottlenecks.flatMap((bottleneck) => bottleneck.depthwise));
  const family = familyOf(context.graph.family);
  const [stem] = context.steps;
  return context.steps.flatMap((step) => {
    const { node, act, norm } = step;
    if (act !== null || node.op === "dense" || projections.has(step)) return [];
    if (node.op === "depthwise" && !depthwise.has(step) && family.activatesDepthwise !== true) return [];
    // Without a norm a 1x1 conv may be a factored matrix; a spatial one is a layer like any other.
    if (norm === null && isPointwise(step)) return [];
    const next = nextLinear(context, step);
    if (next === null) return [];
    const role =
      step === stem
        ? "the stem"
        : expansions.has(step)
          ? "the expansion"
          : node.op === "depthwise"
            ? "the depthwise conv"
            : context.uses.get(step.last.id)?.some((reader) => reader.op === "global_pool") === true
              ? "the last conv"
              : "the conv";
    return [{ step, role, next }];
  });
}

/** Gives a layer the activation that the network's other layers have; null where that cannot be written. */
export function addActivation(context: NetworkContext, { node, norm }: LinearStep): Fix | null {
  const name = usualActivation(context) ?? "relu";
  const layer = layerOf(context, node);
  // Behind a norm of its own line the activation would stand before it.
  if (layer === null || layer.scope.file.fromLibrary || (norm !== null && norm.layer !== node.layer)) return null;
  return {
    message: `Activate it by ${name}`,
    edits: [setAttribute(layer.scope.file, layer.statement, "act", name)],
    safety: "suggestion",
  };
}
