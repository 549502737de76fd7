import type { Fix } from "../../diagnostics/diagnostic.ts";
import { nodeAt } from "../../ir/graph.ts";
import { channelsOf } from "../../ir/shape.ts";
import type { LayerTrace } from "../../lower/trace.ts";
import { grouped } from "../../text/grouped.ts";
import { makeConditional } from "../edits.ts";
import { referencesIn } from "../expression-references.ts";
import { familyOf } from "../families.ts";
import { isPointwise } from "../find-bottlenecks.ts";
import type { LinearStep } from "../linear-steps.ts";
import type { NetworkContext } from "../network-context.ts";
import { originOf, type Origin } from "../origin.ts";
import type { NetworkRule } from "../rule.ts";
import { groupByPlace, layerOf, originPlace, statementPlace } from "../trace-places.ts";

/** Reports an expansion that makes as many channels as it reads. */
export const expandConvAtT1: NetworkRule = {
  id: "expand-conv-at-t1",
  over: "network",
  category: "efficiency",
  severity: "warning",
  summary: "An expansion that makes as many channels as it reads",
  why: "At t = 1 a bottleneck has nothing to expand, and the first row of MobileNetV2 leaves the 1x1 conv out. A network that keeps it pays as much as for the stem, on its largest map. The blocks of FBNet keep it by design.",
  source:
    "slim's mobilenet_v2 (expansion only where inner_size > in_channels); tensorflow/models issue 4516 and austingg/MobileNet-v2-caffe issue 2: 12 845 056 multiply-adds.",
  bad: `block unit(t, c) {
  expand: conv 1x1 (t * in.c) norm=batch act=relu6
  depthwise: depthwise 3x3 norm=batch act=relu6
  project: conv 1x1 c norm=batch act=none
}
network N {
  input image [32, 32, 16]
  unit 1 16
  unit 6 24
  pool avg
}
`,
  good: `block unit(t, c) {
  if t > 1 { expand: conv 1x1 (t * in.c) norm=batch act=relu6 }
  depthwise: depthwise 3x3 norm=batch act=relu6
  project: conv 1x1 c norm=batch act=none
}
network N {
  input image [32, 32, 16]
  unit 1 16
  unit 6 24
  pool avg
}
`,
  near: `// A 1x1 conv after a depthwise conv mixes the channels. It is no expansion, even if it keeps their number.
network N {
  input image [32, 32, 16]
  depthwise 3x3 norm=batch act=relu6
  conv 1x1 16 norm=batch act=relu6
  depthwise 3x3 norm=batch act=relu6
  conv 1x1 16 norm=batch act=relu6
  pool avg
}
`,
  check(context) {
    if (familyOf(context.graph.family).keepsExpansion === true) return [];
    const kept = context.bottlenecks.flatMap(({ expand, depthwise }) =>
      expand !== null && depthwise.length > 0 && expandsNothing(context, expand) ? [expand] : [],
    );
    return groupByPlace(kept, (step) => placeOf(context, step)).map(([span, steps]) => {
      const [first] = steps;
      const layer = layerOf(context, first.node);
      const nodes = steps.flatMap(({ node, norm }) => (norm === null ? [node] : [node, norm]));
      const sum = (of: "trainable" | "macs") =>
        nodes.reduce((total, { id }) => total + (context.counts.get(id)?.[of] ?? 0), 0);
      const channels = channelsOf(first.node.shape);
      const fix = layer === null ? null : fixOf(context, layer);
      return {
        span,
        message: `"${first.node.path}" expands ${channels} channels to ${channels}: ${grouped(sum("macs"))} multiply-adds and ${grouped(sum("trainable"))} parameters for nothing.`,
        hint: "Leave the expansion out where t is 1.",
        ...(layer === null || layer.statement.span === span
          ? {}
          : { related: [{ message: "the expansion", span: layer.statement.span }] }),
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

function expandsNothing(context: NetworkContext, step: LinearStep): boolean {
  const [input] = step.node.inputs;
  const { node } = step;
  return (
    isPointwise(step) &&
    node.op === "conv" &&
    node.stride[0] === 1 &&
    node.stride[1] === 1 &&
    input !== undefined &&
    channelsOf(nodeAt(context.index, input).shape) === node.filters
  );
}

/** Returns the parameter in `t * in.c` that is 1; null if there is none. */
function factorOf(
  context: NetworkContext,
  layer: LayerTrace,
): { readonly name: string; readonly origin: Origin } | null {
  const filters = layer.args.get("filters");
  if (filters === undefined) return null;
  for (const expression of referencesIn(filters.expression)) {
    const value = layer.scope.values.get(expression.name)?.value;
    if (value?.kind !== "number" || value.value !== 1) continue;
    return { name: expression.name, origin: originOf(context.trace, { expression, scope: filters.scope }) };
  }
  return null;
}

function placeOf(context: NetworkContext, { node }: LinearStep) {
  const layer = layerOf(context, node);
  const factor = layer === null ? null : factorOf(context, layer);
  return factor === null ? statementPlace(context, node) : originPlace(factor.origin);
}

function fixOf(context: NetworkContext, layer: LayerTrace): Fix | null {
  const factor = factorOf(context, layer);
  if (factor === null || layer.scope.file.fromLibrary) return null;
  return {
    message: `Leave the expansion out where ${factor.name} is 1`,
    edits: makeConditional(layer.statement, `${factor.name} > 1`),
    safety: "suggestion",
  };
}
