import type { ActivationName } from "../../src/ir/activation.ts";
import type { BlockInstance, LoweredGraph, Node, NodeId, ResidualMode, ShapedGraph } from "../../src/ir/graph.ts";
import type { InputOp } from "../../src/ir/ops/input.ts";
import type { Op } from "../../src/ir/op.ts";
import { ZEROS } from "../../src/ir/initializer.ts";
import type { Padding, Pair } from "../../src/ir/window.ts";
import { inferShapes } from "../../src/passes/infer-shapes.ts";

const SPAN = { file: "test.mnet", start: 0, end: 0 };

/** The optional settings of a conv. */
export interface ConvOptions {
  readonly kernel?: number | Pair;
  readonly stride?: number | Pair;
  readonly dilation?: number | Pair;
  readonly padding?: Padding;
  readonly groups?: number;
  readonly bias?: boolean;
  readonly multiplier?: number;
  /** The optional settings of a transposed conv. */
  readonly outputPadding?: Pair;
}

function pair(value: number | Pair | undefined, fallback = 1): Pair {
  if (value === undefined) return [fallback, fallback];
  return typeof value === "number" ? [value, value] : value;
}

/** Builds lowered graphs by hand, for tests of the stages after lowering. Each method returns the new value's id. */
export function graphBuilder(name: string, inputShape: InputOp["extents"]) {
  const nodes: Node[] = [];
  const blocks: BlockInstance[] = [];
  const open: number[] = [];
  const push = (path: string, op: Op, inputs: readonly NodeId[], layer = path): NodeId => {
    const id = nodes.length;
    nodes.push({ ...op, id, path, layer, block: open.at(-1) ?? null, inputs, span: SPAN });
    return id;
  };
  const common = (options: ConvOptions) => ({
    kernel: pair(options.kernel),
    stride: pair(options.stride),
    dilation: pair(options.dilation),
    padding: options.padding ?? ("same" as const),
    bias: options.bias ?? true,
    init: { kind: "he_normal" } as const,
    biasInit: ZEROS,
    folded: [],
    activation: null,
  });
  const input = push("input", { op: "input", extents: inputShape }, []);
  return {
    input,
    push,
    conv: (path: string, from: NodeId, filters: number, options: ConvOptions = {}) =>
      push(path, { op: "conv", filters, groups: options.groups ?? 1, ...common(options) }, [from]),
    convTranspose: (path: string, from: NodeId, filters: number, options: ConvOptions = {}) =>
      push(
        path,
        {
          op: "conv_transpose",
          filters,
          groups: options.groups ?? 1,
          outputPadding: options.outputPadding ?? [0, 0],
          ...common({ kernel: 3, ...options }),
        },
        [from],
      ),
    depthwise: (path: string, from: NodeId, options: ConvOptions = {}) =>
      push(path, { op: "depthwise", multiplier: options.multiplier ?? 1, ...common({ kernel: 3, ...options }) }, [
        from,
      ]),
    dense: (path: string, from: NodeId, units: number) =>
      push(
        path,
        {
          op: "dense",
          units,
          bias: true,
          init: { kind: "glorot_uniform" },
          biasInit: ZEROS,
          folded: [],
          activation: null,
        },
        [from],
      ),
    /** Adds a norm of the layer `layer`. Its path is `<layer>/norm`. */
    norm: (layer: string, from: NodeId) =>
      push(`${layer}/norm`, { op: "batch_norm", eps: 1e-3, momentum: 0.99, scale: true, center: true }, [from], layer),
    /** Adds an activation of the layer `layer`. Its path is `<layer>/act`. */
    act: (layer: string, from: NodeId, fn: ActivationName, alpha = 0.01) =>
      push(`${layer}/act`, { op: "activation", activation: { fn, alpha } }, [from], layer),
    block(
      path: string,
      from: NodeId,
      residual: ResidualMode,
      stride: readonly [number, number] | null,
      body: () => NodeId,
    ) {
      const index = blocks.length;
      const instance = {
        path,
        kind: "test_block",
        parent: open.at(-1) ?? null,
        input: from,
        residual,
        stride,
        decision: null,
        span: SPAN,
      };
      blocks.push({ ...instance, output: from });
      open.push(index);
      const output = body();
      open.pop();
      blocks[index] = { ...instance, output };
      return output;
    },
    lowered(output: NodeId): LoweredGraph {
      return {
        name,
        doc: null,
        family: null,
        labels: null,
        input: { name: "input", shape: inputShape, normalization: null },
        params: {},
        nodes,
        blocks,
        outputs: [{ name: "output", path: nodes[output]?.path ?? "", node: output, block: null }],
        asserts: [],
        span: SPAN,
      };
    },
    shaped(output: NodeId): ShapedGraph {
      return inferShapes.run(this.lowered(output), (diagnostic) => {
        throw new Error(diagnostic.message);
      });
    },
  };
}
