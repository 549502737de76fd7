import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../../syntax/ast.ts";
import { channelsOf } from "../../ir/shape.ts";
import { grouped } from "../../text/grouped.ts";
import { replace } from "../edits.ts";
import { familyOf } from "../families.ts";
import type { LinearStep } from "../linear-steps.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, originPlace } from "../trace-places.ts";
import { isWidthParam } from "../width-param.ts";

/** Reports a last conv that a width below 1 thins, in a family that keeps it. */
export const headScaledBelowOne: NetworkRule = {
  id: "head-scaled-below-one",
  over: "network",
  category: "efficiency",
  severity: "warning",
  summary: "A last conv that shrinks with a width below 1",
  why: "MobileNetV2 scales every layer but the last conv, which keeps its 1280 channels at small widths: the classifier needs the features, and they cost little there. A network that scales the last conv as well is not the published one, and the published weights do not fit it.",
  source:
    "Sandler et al. 2018, section 6.1; slim's finegrain_classification_mode; Keras and torchvision: max(1280, …).",
  bad: `network N family=mobilenet_v2 {\n  param width = 1.0 in 0.25 .. 1.0\n  let ch(c) = divisible(c * width, 8)\n  input image [7, 7, 320]\n  last: conv 1x1 ch(1280) act=relu6\n  head: classifier 1000\n}\n`,
  good: `network N family=mobilenet_v2 {\n  param width = 1.0 in 0.25 .. 1.0\n  let ch(c) = divisible(c * width, 8)\n  input image [7, 7, 320]\n  last: conv 1x1 max(1280, ch(1280)) act=relu6\n  head: classifier 1000\n}\n`,
  near: `// MobileNetV1 scales its last layer with the others.
network N family=mobilenet_v1 {
  param width = 1.0 in 0.25 .. 1.0
  let ch(c) = divisible(c * width, 8)
  input image [7, 7, 512]
  last: conv 1x1 ch(1024) act=relu6
  head: classifier 1000
}
`,
  check(context) {
    // A preset has the head of its base, which is judged itself.
    if (familyOf(context.graph.family).keepsHead !== true || context.preset !== null) return [];
    const { params } = context.graph;
    const width = Object.keys(params).find((name) => isWidthParam(name) && typeof params[name] === "number");
    const last = lastConv(context);
    if (width === undefined || last === null) return [];
    const origin = argumentOrigin(context, last.node, "filters");
    if (origin === null || keepsWidth(origin.expression, channelsOf(last.node.shape))) return [];
    const thin = filtersAt(context, last, width, [0.5, 0.75, 0.35]);
    const full = filtersAt(context, last, width, [1]);
    if (thin === null || full === null || thin.filters >= full.filters) return [];
    const text = origin.scope.file.source.text.slice(origin.expression.span.start, origin.expression.span.end);
    const fix: Fix | null = origin.scope.file.fromLibrary
      ? null
      : {
          message: "Keep the last conv at small widths",
          edits: [replace(origin.expression.span, `max(${full.filters}, ${text})`)],
          safety: "suggestion",
        };
    return [
      {
        span: originPlace(origin),
        message: `The last conv "${last.node.path}" shrinks to ${grouped(thin.filters)} channels at ${width} ${thin.width}, and ${context.graph.family ?? ""} keeps its ${grouped(full.filters)}.`,
        hint: `Write max(${full.filters}, ${text}).`,
        ...(fix === null ? {} : { fix }),
      },
    ];
  },
};

/** True for a number, and for the max of a number and other values if the number is at least the present filters. */
function keepsWidth(expression: Expression, filters: number): boolean {
  if (expression.kind === "number") return true;
  return (
    expression.kind === "call" &&
    expression.callee.text === "max" &&
    expression.args.some(({ value }) => value.kind === "number" && value.value >= filters)
  );
}

/** Returns the last conv before a global pool; null if there is none. */
function lastConv(context: NetworkContext): LinearStep | null {
  const found = context.steps.filter(
    ({ node, readers }) => node.op === "conv" && readers.some((reader) => reader.op === "global_pool"),
  );
  return found.at(-1) ?? null;
}

/** Returns the filters of the layer at the first width with which the spec compiles; null if there is none. */
function filtersAt(
  { graph, variant }: NetworkContext,
  { node }: LinearStep,
  name: string,
  widths: readonly number[],
): { readonly width: number; readonly filters: number } | null {
  for (const width of widths) {
    const at = graph.params[name] === width ? graph : variant({ [name]: width })?.training;
    const same = at?.nodes.find(({ path }) => path === node.path);
    if (same !== undefined) return { width, filters: channelsOf(same.shape) };
  }
  return null;
}
