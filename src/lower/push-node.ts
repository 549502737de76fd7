import type { NodeId } from "../ir/graph.ts";
import { inferShape, multiplyAdds, type Op } from "../ir/op.ts";
import { elementsOf, formatShape, type Shape } from "../ir/shape.ts";
import type { Span } from "../text/span.ts";
import { blamePlace, reportAtPlace } from "./values/blame.ts";
import { MAX_CHANNELS, MAX_EXTENT } from "../language/limits.ts";
import type { Scope } from "./environment.ts";
import { shapeOf, type LoweringState } from "./state.ts";

interface NewNode {
  readonly op: Op;
  readonly path: string;
  readonly layer: string;
  readonly inputs: readonly NodeId[];
  readonly span: Span;
}

/** Appends a node and asks its op's shape rule for the output. The shape is null if an input's shape is null or the rule reports a fault. */
export function pushNode(
  state: LoweringState,
  scope: Scope,
  { op, path, layer, inputs, span }: NewNode,
): { id: NodeId; shape: Shape | null } {
  const id = state.nodes.length;
  const place = blamePlace(scope, span);
  // The op comes last: V8 grows an object that begins with a spread property by property, ten times as slowly.
  state.nodes.push({ id, path, layer, block: scope.block, inputs, span: place.span, ...op });
  const shape = outputShape(state, scope, op, inputs, span);
  state.shapes.push(shape);
  return { id, shape };
}

function outputShape(state: LoweringState, scope: Scope, op: Op, inputs: readonly NodeId[], span: Span): Shape | null {
  const shapes = inputs.map((input) => shapeOf(state, input)).filter((shape) => shape !== null);
  if (shapes.length < inputs.length) return null;
  const result = inferShape(op, shapes);
  if (result.problem !== undefined) {
    reportAtPlace(state, { ...result.problem, span, scope });
    return null;
  }
  const { shape } = result;
  const extent = Math.max(...shape.slice(0, -1), 1);
  const channels = shape.at(-1) ?? 1;
  // A flattened map is one long axis; the number of channels bounds only the layers after it.
  const widest = op.op === "flatten" ? MAX_EXTENT * MAX_CHANNELS : MAX_CHANNELS;
  if (extent > MAX_EXTENT || channels > widest) {
    reportAtPlace(state, {
      code: "limit/extent",
      span,
      scope,
      message: `The output would be ${formatShape(shape)}, and ${MAX_EXTENT} rows, ${MAX_EXTENT} columns and ${widest} channels are the most.`,
      hint: "Use a smaller input, factor or number of channels.",
    });
    return null;
  }
  const work = multiplyAdds(op, shapes, shape);
  if (!Number.isSafeInteger(elementsOf(shape)) || !Number.isSafeInteger(work)) {
    reportAtPlace(state, {
      code: "limit/product",
      span,
      scope,
      message: `This layer's ${work.toPrecision(3)} multiply-adds are more than can be counted exactly, 2^53.`,
      hint: "Use a smaller input or fewer filters.",
    });
    return null;
  }
  return shape;
}
