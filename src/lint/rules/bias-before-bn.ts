import type { Fix, TextEdit } from "../../diagnostics/diagnostic.ts";
import { channelsOf } from "../../ir/shape.ts";
import { grouped } from "../../text/grouped.ts";
import { deleteAttribute, replace, setAttribute } from "../edits.ts";
import type { LinearStep } from "../linear-steps.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import {
  areAllOfStatement,
  argumentOrigin,
  groupByPlace,
  layerOf,
  originPlace,
  statementPlace,
} from "../trace-places.ts";

/** Reports a bias that the batch norm after it cancels. */
export const biasBeforeBn: NetworkRule = {
  id: "bias-before-bn",
  over: "network",
  category: "efficiency",
  severity: "warning",
  summary: "A bias directly before batch norm",
  why: "Batch norm subtracts the mean of its input, and a bias is part of that mean, so the output does not depend on the bias. It takes memory and gradients for nothing; the beta of the norm does its work. By default a conv has a bias only if its layer has no norm.",
  source: "Ioffe and Szegedy 2015, section 3.2; NeuraLint rule 5; AllenNLP's NormalizationBiasVerification.",
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 bias=true norm=batch act=relu padding=same\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 norm=batch act=relu padding=same\n}\n`,
  near: `// The activation between bias and norm is not linear, so the norm does not cancel the bias.
network N {
  input image [32, 32, 3]
  conv 3x3 8 bias=true act=relu padding=same
  norm batch
}
`,
  check(context) {
    const dead = context.steps.filter(({ node, norm }) => norm !== null && node.bias);
    const all = deadParameters(dead);
    return groupByPlace(dead, (step) => placeOf(context, step)).map(([span, steps]) => {
      const here = deadParameters(steps);
      const layers = steps.length === 1 ? `"${steps[0].node.path}" has` : `${steps.length} layers have`;
      const share = here === all ? "" : ` of ${grouped(all)} in this network`;
      const fix = fixOf(context, steps);
      return {
        span,
        message: `${layers} a bias that the batch norm after ${steps.length === 1 ? "it" : "them"} cancels: ${grouped(here)} dead parameters${share}.`,
        hint: "Leave the bias out: the beta of the norm does its work.",
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

function deadParameters(steps: readonly LinearStep[]): number {
  return steps.reduce((sum, { node }) => sum + channelsOf(node.shape), 0);
}

function placeOf(context: NetworkContext, { node }: LinearStep) {
  const origin = argumentOrigin(context, node, "bias");
  return origin === null ? statementPlace(context, node) : originPlace(origin);
}

function fixOf(context: NetworkContext, steps: readonly [LinearStep, ...LinearStep[]]): Fix | null {
  // With the norm in the layer itself, bias=auto gives the layer no bias.
  const own = steps.every(({ node, norm }) => norm?.layer === node.layer && node.op !== "dense");
  const edit = editOf(context, steps[0], own);
  return edit === null
    ? null
    : {
        message: "Remove the bias",
        edits: [edit],
        // A block's statement may also make layers that no norm follows, and they need their bias.
        safety: areAllOfStatement(context, [steps[0].node, ...steps.slice(1).map(({ node }) => node)])
          ? "safe"
          : "suggestion",
      };
}

function editOf(context: NetworkContext, { node }: LinearStep, own: boolean): TextEdit | null {
  const layer = layerOf(context, node);
  const origin = argumentOrigin(context, node, "bias");
  if (layer === null) return null;
  if (origin === null) return setAttribute(layer.scope.file, layer.statement, "bias", "false");
  const { expression, holder, scope } = origin;
  if (expression.kind !== "boolean" || holder === null) return null;
  const deletes =
    holder.kind === "attribute" && (holder.owner.kind === "call-statement" || holder.owner.kind === "default");
  return deletes && own && !standsAlone(holder.owner)
    ? deleteAttribute(scope.file, holder.attribute)
    : replace(expression.span, own ? "auto" : "false");
}

/** True for a default with one attribute. Without it the default would be empty. */
function standsAlone(owner: { readonly kind: string }): boolean {
  return (
    owner.kind === "default" &&
    "attributes" in owner &&
    Array.isArray(owner.attributes) &&
    owner.attributes.length === 1
  );
}
