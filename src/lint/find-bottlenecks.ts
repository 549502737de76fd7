import { nodeAt, type NodeId, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import { asMap, channelsOf } from "../ir/shape.ts";
import type { Trace } from "../lower/trace.ts";
import type { LinearStep } from "./linear-steps.ts";

/**
 * An inverted bottleneck in any spelling: an expansion, depthwise convs and a linear 1x1 conv that narrows again (Sandler et al.
 * 2018). In the fused form a full conv expands, and the 1x1 conv follows it.
 */
export interface Bottleneck {
  /** Null if the block has no expansion. */
  readonly expand: LinearStep | null;
  /** The depthwise convs between expansion and projection. */
  readonly depthwise: readonly LinearStep[];
  readonly project: LinearStep;
}

/** Finds inverted bottlenecks by their structure. A block that is a bottleneck in other rows is also one at t = 1. */
export function findBottlenecks(
  graph: ShapedGraph,
  trace: Trace,
  index: ReadonlyMap<NodeId, ShapedNode>,
  steps: readonly LinearStep[],
  stepAt: ReadonlyMap<NodeId, LinearStep>,
): readonly Bottleneck[] {
  const found = steps.flatMap((project) => {
    if (!isPointwise(project)) return [];
    const bottleneck = bottleneckAt(graph, index, stepAt, project);
    return bottleneck === null ? [] : [bottleneck];
  });
  const kindOf = ({ project }: Bottleneck) => trace.blocks[project.node.block ?? -1]?.block.declaration ?? null;
  const inverted = new Set(found.filter((bottleneck) => inverts(bottleneck, index)).map(kindOf));
  inverted.delete(null);
  // MobileNetV4 has a depthwise conv before the expansion, which looks like a row at t = 1. A statement that expands in one row is
  // the projection of none.
  const statementOf = (step: LinearStep | null) =>
    step === null ? undefined : trace.layers.get(step.node.layer)?.statement;
  const expansions = new Set(
    found.flatMap((bottleneck) => (inverts(bottleneck, index) ? [statementOf(bottleneck.expand)] : [])),
  );
  return found.filter(
    (bottleneck) =>
      inverts(bottleneck, index) ||
      (bottleneck.depthwise.length > 0 &&
        !expansions.has(statementOf(bottleneck.project)) &&
        (inverted.has(kindOf(bottleneck)) || isLinearByWord(bottleneck, trace))),
  );
}

export function isPointwise({ node }: LinearStep): boolean {
  return node.op === "conv" && node.kernel[0] === 1 && node.kernel[1] === 1 && node.groups === 1;
}

/** Walks back from a 1x1 conv over depthwise convs and gates to the conv before them. It does not leave the block. */
function bottleneckAt(
  graph: ShapedGraph,
  index: ReadonlyMap<NodeId, ShapedNode>,
  stepAt: ReadonlyMap<NodeId, LinearStep>,
  project: LinearStep,
): Bottleneck | null {
  const { block } = project.node;
  const start = block === null ? null : (graph.blocks[block]?.input ?? null);
  const depthwise: LinearStep[] = [];
  let id = project.node.inputs[0];
  while (id !== undefined && id !== start) {
    const node = nodeAt(index, id);
    const step = stepAt.get(node.id);
    if (node.op === "conv" && step !== undefined) {
      const here = node.block === block && (block !== null || depthwise.length > 0);
      return here ? { expand: step, depthwise, project } : null;
    }
    if (node.op === "depthwise" && step !== undefined && node.block === block) depthwise.unshift(step);
    else if (
      !["activation", "prelu", "batch_norm", "sample_norm", "scale", "shift", "dropout", "mul"].includes(node.op)
    )
      break;
    id = node.op === "mul" ? gated(index, node) : node.inputs[0];
  }
  return depthwise.length > 0 && block !== null ? { expand: null, depthwise, project } : null;
}

/** Returns the map that a gate scales. */
function gated(index: ReadonlyMap<NodeId, ShapedNode>, node: ShapedNode): NodeId | undefined {
  return node.inputs.find((id) => {
    const map = asMap(nodeAt(index, id).shape);
    return map !== null && (map.h > 1 || map.w > 1);
  });
}

/** True for a lone row at t = 1: its depthwise conv is activated, and the statement after it says act=none. */
function isLinearByWord({ expand, depthwise, project }: Bottleneck, trace: Trace): boolean {
  const attributes = trace.layers.get(project.node.layer)?.statement.attributes ?? [];
  return (
    expand === null &&
    depthwise.at(-1)?.act != null &&
    attributes.some(({ key, value }) => key.text === "act" && value.kind === "reference" && value.name === "none")
  );
}

function inverts({ expand, project }: Bottleneck, index: ReadonlyMap<NodeId, ShapedNode>): boolean {
  if (expand === null) return false;
  const wide = channelsOf(expand.node.shape);
  const [input] = expand.node.inputs;
  return input !== undefined && wide > channelsOf(project.node.shape) && wide > channelsOf(nodeAt(index, input).shape);
}
