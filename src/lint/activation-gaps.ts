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
  /** The linear layer that reads its value without an activation between them. */
  readonly next: LinearStep;
}

/**
 * Returns the convs that another linear layer follows directly. Projections of inverted bottlenecks are linear by design. So are
 * depthwise convs without an expansion before them, except in families that activate them.
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
    // A 1x1 conv without a norm may be one factor of a matrix.
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

/** Returns a fix that gives a layer the usual activation of the network; null if no edit can do that. */
export function addActivation(context: NetworkContext, { node, norm }: LinearStep): Fix | null {
  const name = usualActivation(context) ?? "relu";
  const layer = layerOf(context, node);
  // With the norm in a statement of its own, `act=` on the conv would come before the norm.
  if (layer === null || layer.scope.file.fromLibrary || (norm !== null && norm.layer !== node.layer)) return null;
  return {
    message: `Activate it by ${name}`,
    edits: [setAttribute(layer.scope.file, layer.statement, "act", name)],
    safety: "suggestion",
  };
}
