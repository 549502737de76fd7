import { activationName } from "../activation-name.ts";
import { nodeAt } from "../../ir/graph.ts";
import { channelsOf } from "../../ir/shape.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { Bottleneck } from "../find-bottlenecks.ts";
import { setAttribute } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, layerOf, originPlace, statementPlace } from "../trace-places.ts";

/** Reports an activation on the projection of an inverted bottleneck. */
export const activationAfterProjection: NetworkRule = {
  id: "activation-after-projection",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "An activation on the projection of an inverted bottleneck",
  why: "The projection squeezes the block's result into few channels. An activation there destroys information that no later layer restores: it costs MobileNetV2 more than one percent of accuracy. The bottleneck is linear by design, and the residual is added to a linear value.",
  source:
    "Sandler et al. 2018, section 3.2 and Figure 6a; slim's project_activation_fn=tf.identity; tensorflow/tensorflow issue 50835 shows how it is misread.",
  bad: `block unit(c) {
  expand: conv 1x1 (6 * in.c) norm=batch act=relu6
  depthwise: depthwise 3x3 norm=batch act=relu6
  project: conv 1x1 c norm=batch act=relu6
}
network N {
  input image [32, 32, 8]
  unit 12
  pool avg
}
`,
  good: `block unit(c) {
  expand: conv 1x1 (6 * in.c) norm=batch act=relu6
  depthwise: depthwise 3x3 norm=batch act=relu6
  project: conv 1x1 c norm=batch act=none
}
network N {
  input image [32, 32, 8]
  unit 12
  pool avg
}
`,
  near: `// The 1x1 conv of ResNet's bottleneck narrows what was wide already, and is activated in the paper.
block unit(c) {
  reduce: conv 1x1 (in.c / 4) norm=batch act=relu
  spatial: conv 3x3 (in.c / 4) norm=batch act=relu
  restore: conv 1x1 c norm=batch act=relu
}
network N {
  input image [32, 32, 64]
  unit 64
  pool avg
}
`,
  check(context) {
    const activated = context.bottlenecks.filter(
      ({ project }) => project.act !== null && project.act.block === project.node.block,
    );
    return groupByPlace(activated, (bottleneck) => placeOf(context, bottleneck)).map(([span, [first, ...others]]) => {
      const { project } = first;
      const [input] = project.node.inputs;
      const wide = input === undefined ? 0 : channelsOf(nodeAt(context.index, input).shape);
      const more = others.length === 0 ? "" : `, and so do ${others.length} more`;
      const fix = fixOf(context, first);
      return {
        span,
        message: `The projection "${project.node.path}" narrows ${wide} channels to ${channelsOf(project.node.shape)} and then applies ${project.act === null ? "none" : activationName(project.act)}${more}; a linear bottleneck keeps the values that an activation cuts off.`,
        hint: "Give the projection act=none.",
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

function placeOf(context: NetworkContext, { project: { node, act } }: Bottleneck) {
  if (act !== null && act.layer !== node.layer) return statementPlace(context, act);
  const origin = argumentOrigin(context, node, "act");
  return origin === null || origin.holder?.kind !== "attribute" || origin.holder.owner.kind === "default"
    ? statementPlace(context, node)
    : originPlace(origin);
}

function fixOf(context: NetworkContext, { project: { node, act } }: Bottleneck): Fix | null {
  const layer = layerOf(context, node);
  if (layer === null || layer.scope.file.fromLibrary || act?.layer !== node.layer) return null;
  return {
    message: "Leave the bottleneck linear",
    edits: [setAttribute(layer.scope.file, layer.statement, "act", "none")],
    safety: "suggestion",
  };
}
