import { formatActivation } from "./activation.ts";
import type { BlockInstance, GraphAssert, Graph, LoweredGraph, Node, NodeId, ShapedGraph } from "./graph.ts";
import { formatInitializer } from "./initializer.ts";
import type { MergedBranch } from "./merged-branch.ts";
import type { NormFold } from "./norm-fold.ts";
import { weightSlots, type LinearOp, mergedBranches } from "./op.ts";
import { batchNormUsual } from "./ops/batch-norm.ts";
import { convUsual } from "./ops/conv.ts";
import { convTransposeUsual } from "./ops/conv-transpose.ts";
import { denseUsual } from "./ops/dense.ts";
import { depthwiseUsual } from "./ops/depthwise.ts";
import { formatShape, type Shape } from "./shape.ts";
import type { Padding, Pair, Pads } from "./window.ts";

/**
 * Writes a graph as text: one line for each node, then blocks, outputs and asserts. Usual settings (he_normal kernels, zero biases, stride 1)
 * are left out, so a diff of two printed graphs shows what a pass did.
 *
 * @param graph a graph at any stage.
 * @returns lines, each ended by a line end.
 */
export function printGraph(graph: LoweredGraph | ShapedGraph): string {
  const shapes = new Map<NodeId, Shape>();
  const rows: string[][] = [];
  for (const node of graph.nodes as readonly PrintedNode[]) {
    const inputs = node.inputs.map((id) => shapes.get(id)).filter((shape) => shape !== undefined);
    if (node.shape !== undefined) shapes.set(node.id, node.shape);
    const call = `%${node.id} = ${node.op}(${node.inputs.map((id) => `%${id}`).join(", ")})`;
    const shape = node.shape === undefined ? "" : ` : ${formatShape(node.shape)}`;
    const complete = inputs.length === node.inputs.length ? inputs : null;
    rows.push([`  ${[call, ...attributes(node, complete)].join(" ")}${shape}`, node.path]);
  }
  const width = Math.min(96, Math.max(0, ...rows.map(([text = ""]) => text.length)));
  return [
    ...header(graph),
    ...rows.map(([text = "", path = ""]) => `${text.padEnd(width)}  ; ${path}`),
    ...section("blocks", graph.blocks.map(blockLine)),
    ...section(
      "outputs",
      graph.outputs.map(({ name, node, path }) => `${name} = %${node}  ; ${path}`),
    ),
    ...section("asserts", graph.asserts.map(assertLine)),
    "",
  ].join("\n");
}

type PrintedNode = Node & { readonly shape?: Shape; readonly pads?: Pads };

function header(graph: Graph): string[] {
  const { name, shape, normalization } = graph.input;
  const params = Object.entries(graph.params).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const pixels =
    normalization === null ? "" : ` mean=${normalization.mean.join(",")} std=${normalization.std.join(",")}`;
  return [
    `network ${graph.name}${graph.family === null ? "" : ` family=${graph.family}`}`,
    ...(params.length === 0 ? [] : [`params ${params.join(" ")}`]),
    `input ${name} ${formatShape(shape)}${pixels}`,
    "nodes",
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function attributes(node: PrintedNode, inputs: readonly Shape[] | null): string[] {
  switch (node.op) {
    case "conv":
      return [
        kernel(node, inputs, `${node.kernel.join("x")}x?x${node.filters}`),
        ...window(node),
        ...(node.groups === convUsual.groups ? [] : [`groups=${node.groups}`]),
        ...linear(node, convUsual),
      ];
    case "conv_transpose":
      return [
        kernel(node, inputs, `${node.kernel.join("x")}x?x${node.filters}`),
        ...window(node),
        ...(node.outputPadding.every((rows) => rows === 0) ? [] : [`output_padding=${node.outputPadding.join("x")}`]),
        ...(node.groups === convTransposeUsual.groups ? [] : [`groups=${node.groups}`]),
        ...linear(node, convTransposeUsual),
      ];
    case "depthwise":
      return [
        kernel(node, inputs, `${node.kernel.join("x")}x?x${node.multiplier}`),
        ...window(node),
        ...linear(node, depthwiseUsual),
      ];
    case "dense":
      return [kernel(node, inputs, `?x${node.units}`), ...linear(node, denseUsual)];
    case "batch_norm":
      return [`eps=${node.eps}`, `momentum=${node.momentum}`, ...normFlags(node)];
    case "sample_norm":
      return [
        node.kind,
        ...(node.kind === "group" ? [`groups=${node.groups}`] : []),
        `eps=${node.eps}`,
        ...normFlags(node),
      ];
    case "response_norm":
      return [`eps=${node.eps}`];
    case "scale":
      return [node.factor === null ? `init=${formatInitializer(node.init)}` : `factor=${node.factor}`];
    case "shift":
      return [node.amount === null ? `init=${formatInitializer(node.init)}` : `amount=${node.amount}`];
    case "activation":
      return [formatActivation(node.activation)];
    case "prelu":
      return [`init=${formatInitializer(node.init)}`];
    case "pool":
      return [
        node.mode,
        node.kernel.join("x"),
        ...window(node),
        ...(node.countPadding ? ["count_padding"] : []),
        ...(node.ceil ? ["ceil"] : []),
      ];
    case "adaptive_pool":
      return [node.mode, node.size.join("x")];
    case "global_pool":
      return [node.mode];
    case "dropout":
      return [`rate=${node.rate}`, ...(node.sample === true ? ["sample"] : [])];
    case "shuffle":
      return [`groups=${node.groups}`];
    case "slice":
      return [`${node.from}..${node.to}`];
    case "resize":
      return [
        "factor" in node.to ? node.to.factor.join("x") : `to=${node.to.size.join("x")}`,
        node.mode,
        ...(node.coordinates === "half_pixel" ? [] : [node.coordinates]),
      ];
    case "depth_to_space":
    case "space_to_depth":
      return [`block=${node.blockSize}`, node.order];
    case "pad":
      return [
        ...(node.mode === "constant" ? [] : [node.mode]),
        `margins=${node.margins.join(",")}`,
        ...(node.channels.every((count) => count === 0) ? [] : [`channels=${node.channels.join(",")}`]),
        ...(node.value === 0 ? [] : [`value=${node.value}`]),
      ];
    case "crop":
      return [`margins=${node.margins.join(",")}`];
    case "reshape":
      return [formatShape(node.extents)];
    case "permute":
      return [node.order];
    case "input":
    case "flatten":
    case "squeeze":
    case "add":
    case "sub":
    case "mul":
    case "concat":
      return [];
  }
}

/** The kernel's shape (HWIO, HWIM or IO) if shapes are known. */
function kernel(node: PrintedNode, inputs: readonly Shape[] | null, unshaped: string): string {
  const slot = inputs === null ? undefined : weightSlots(node, inputs).find(({ name }) => name === "kernel");
  return slot === undefined ? unshaped : formatShape(slot.shape);
}

interface PrintedWindow {
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
  readonly pads?: Pads;
}

function window({ stride, dilation, padding, pads }: PrintedWindow): string[] {
  const where =
    pads === undefined
      ? `padding=${typeof padding === "string" ? padding : padding.join(",")}`
      : `pads=${pads.join(",")}`;
  return [...pair("stride", stride), ...pair("dilation", dilation), where];
}

function pair(name: string, [vertical, horizontal]: Pair): string[] {
  if (vertical === 1 && horizontal === 1) return [];
  return [`${name}=${vertical === horizontal ? vertical : `${vertical}x${horizontal}`}`];
}

/** Leaves out the default initialiser. */
function linear(op: LinearOp, usual: Pick<LinearOp, "init" | "biasInit">): string[] {
  return [
    ...(op.init.kind === usual.init.kind ? [] : [`init=${formatInitializer(op.init)}`]),
    ...(op.bias ? ["bias"] : []),
    ...(op.biasInit.kind === usual.biasInit.kind ? [] : [`bias_init=${formatInitializer(op.biasInit)}`]),
    ...mergedBranches(op).map(branchText),
    ...op.folded.map(foldText),
    ...(op.activation === null ? [] : [`act=${formatActivation(op.activation)}`]),
  ];
}

function branchText({ kind, path, kernel, groups, folded, at }: MergedBranch): string {
  const parts = [
    path,
    kind,
    kernel.join("x"),
    ...(kind === "conv" && groups > 1 ? [`groups=${groups}`] : []),
    `at=${at.join(",")}`,
  ];
  return `merge(${[...parts, ...folded.map(foldText)].join(" ")})`;
}

function foldText(fold: NormFold): string {
  if ("factor" in fold) return `fold(${fold.path} ${fold.factor === null ? "scale" : `factor=${fold.factor}`})`;
  if ("amount" in fold) return `fold(${fold.path} ${fold.amount === null ? "shift" : `amount=${fold.amount}`})`;
  return `fold(${[fold.path, `eps=${fold.eps}`, ...normFlags(fold)].join(" ")})`;
}

function normFlags({ scale, center }: { readonly scale: boolean; readonly center: boolean }): string[] {
  return [
    ...(scale === batchNormUsual.scale ? [] : [`scale=${scale}`]),
    ...(center === batchNormUsual.center ? [] : [`center=${center}`]),
  ];
}

function blockLine(block: BlockInstance): string {
  const stride =
    block.stride === null
      ? "none"
      : block.stride[0] === block.stride[1]
        ? `${block.stride[0]}`
        : block.stride.join("x");
  const decision =
    block.decision === null ? "" : `: ${block.decision.inserted ? "added" : "not added"}, ${block.decision.reason}`;
  return `${block.path} = ${block.kind}(%${block.input}) -> %${block.output} stride=${stride} residual=${block.residual}${decision}`;
}

function assertLine(assert: GraphAssert): string {
  const subject = assert.subject === "shape" ? `shape(${assert.path})` : assert.subject;
  const bound = assert.subject === "shape" ? formatShape(assert.bound) : assert.bound;
  return `${subject} ${assert.operator} ${bound}${assert.why === null ? "" : ` ${JSON.stringify(assert.why)}`}`;
}
