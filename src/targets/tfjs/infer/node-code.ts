import type { Activation, ActivationName } from "../../../ir/activation.ts";
import { blockTranspose } from "../../../ir/block-transpose.ts";
import type { ShapedNode, ShapedNodeOf } from "../../../ir/graph.ts";
import { countedPads } from "../../../ir/ops/pool.ts";
import { axesOf } from "../../../ir/ops/permute.ts";
import { normCells } from "../../../ir/ops/sample-norm.ts";
import { rowsAdded } from "../../../ir/spread.ts";
import { elementsOf, mapOf, type Shape } from "../../../ir/shape.ts";
import type { LinearNode } from "../../../weights/bind.ts";
import { isZero } from "../padding.ts";
import { stringLiteral } from "../../escape.ts";
import { repeatsPixels } from "../models/graph-resize.ts";
import { coordinateWords } from "../resize-weights.ts";
import { paddingWord } from "../models/graph-windows.ts";
import { spreadsKernel } from "../models/kernels.ts";
import type { FunctionName } from "./functions.ts";

/** Records that the module calls one of its own functions. Returns the function's name. */
export type Use = (name: FunctionName) => string;

/** Returns the expression for a node's value, given the expressions of its inputs. */
export function nodeCode(node: ShapedNode, inputs: readonly string[], shapes: readonly Shape[], use: Use): string {
  const [x = ""] = inputs;
  const [input = []] = shapes;
  switch (node.op) {
    case "input":
    case "dropout":
      return x;
    case "conv_transpose":
      return convTransposeCode(node, x, input, use);
    case "conv":
    case "depthwise":
    case "dense":
      return linearCode(node, x, input, use);
    case "batch_norm":
      return `${use("scaleAndShift")}(${x}, weights, ${stringLiteral(node.path)})`;
    case "sample_norm": {
      const { pixels, width, groups } = normCells(node, input);
      const kinds = { layer: "layerNorm", rms: "rmsNorm", group: "groupNorm", instance: "groupNorm" } as const;
      const overMap = node.kind === "group" || node.kind === "instance";
      const cells = overMap ? [JSON.stringify([pixels, groups, width])] : [];
      use("scaledAndShifted");
      return `${use(kinds[node.kind])}(${[x, "weights", stringLiteral(node.path), node.eps, ...cells].join(", ")})`;
    }
    case "response_norm":
      return `${use("responseNorm")}(${x}, weights, ${stringLiteral(node.path)}, ${node.eps})`;
    case "scale":
      if (node.factor !== null) return `tf.mul(${x}, ${node.factor})`;
      return `${use("scaleChannels")}(${x}, weights, ${stringLiteral(node.path)})`;
    case "shift":
      if (node.amount !== null) return `tf.add(${x}, ${node.amount})`;
      return `${use("shiftChannels")}(${x}, weights, ${stringLiteral(node.path)})`;
    case "prelu":
      return `${use("prelu")}(${x}, weights, ${stringLiteral(node.path)})`;
    case "activation":
      return activationCode(node.activation, x, use);
    case "pool":
      return poolCode(node, x, input);
    case "adaptive_pool":
      return `${use("adaptivePool")}(${x}, tf.${node.mode === "avg" ? "mean" : "max"}, ${JSON.stringify(node.size)})`;
    case "global_pool":
      return `tf.${node.mode === "avg" ? "mean" : "max"}(${x}, [1, 2], true)`;
    case "flatten":
    case "squeeze":
      return input.length === 1 ? x : `tf.reshape(${x}, [-1, ${elementsOf(input)}])`;
    case "reshape":
      return `tf.reshape(${x}, ${JSON.stringify([-1, ...node.shape])})`;
    case "permute":
      return `tf.transpose(${x}, ${JSON.stringify([0, ...axesOf(node.order).map((axis) => axis + 1)])})`;
    case "shuffle":
      return `${use("channelShuffle")}(${x}, ${node.groups})`;
    case "slice": {
      const extents = input.slice(0, -1);
      const begin = [0, ...extents.map(() => 0), node.from].join(", ");
      return `tf.slice(${x}, [${begin}], [${[-1, ...extents, node.to - node.from].join(", ")}])`;
    }
    case "pad":
      return padCode(node, x, use);
    case "crop": {
      const [top, , left] = node.margins;
      return `tf.slice(${x}, [0, ${top}, ${left}, 0], [${[-1, ...node.shape].join(", ")}])`;
    }
    case "resize":
      return resizeCode(node, x, input, use);
    case "depth_to_space":
    case "space_to_depth": {
      const { split, permutation } = blockTranspose(node, input);
      const moved = `tf.transpose(tf.reshape(${x}, ${JSON.stringify(split)}), ${JSON.stringify(permutation)})`;
      return `tf.reshape(${moved}, ${JSON.stringify([-1, ...node.shape])})`;
    }
    case "add":
    case "sub":
    case "mul":
      return inputs.slice(1).reduce((sum, other) => `tf.${node.op}(${sum}, ${other})`, x);
    case "concat":
      return `tf.concat([${inputs.join(", ")}], ${input.length})`;
  }
}

/** Padding that counts is put around the map first; what windows reach beyond it does not count. */
function poolCode(node: ShapedNodeOf<"pool">, x: string, input: Shape): string {
  const windows = `${JSON.stringify(node.kernel)}, ${JSON.stringify(node.stride)}`;
  const [top, bottom, left, right] = countedPads(node, input);
  if (top + bottom + left + right > 0) {
    const padded = `tf.pad(${x}, [[0, 0], [${top}, ${bottom}], [${left}, ${right}], [0, 0]])`;
    const [below, beside] = [node.pads[1] - bottom, node.pads[3] - right];
    const rest = below + beside === 0 ? `"valid"` : `[[0, 0], [0, ${below}], [0, ${beside}], [0, 0]], "floor"`;
    return `tf.avgPool(${padded}, ${windows}, ${rest})`;
  }
  const padding = paddingCode(node, input);
  const rounding = padding.startsWith("[") ? `, "floor"` : "";
  return `tf.${node.mode}Pool(${x}, ${windows}, ${padding}${rounding})`;
}

function resizeCode(node: ShapedNodeOf<"resize">, x: string, input: Shape, use: Use): string {
  const { mode, coordinates } = node;
  const { h, w } = mapOf(node.shape);
  if (mode === "nearest" && repeatsPixels(node, input)) {
    return `tf.image.resizeNearestNeighbor(${x}, [${h}, ${w}], false, true)`;
  }
  if (mode === "bilinear") {
    const flags = `${coordinates === "align_corners"}, ${coordinates === "half_pixel"}`;
    return `tf.image.resizeBilinear(${x}, [${h}, ${w}], ${flags})`;
  }
  use("resizeWeights");
  return `${use("resizeMap")}(${x}, [${h}, ${w}], "${mode}", "${coordinateWords[coordinates]}")`;
}

function padCode({ margins, channels, mode, value }: ShapedNodeOf<"pad">, x: string, use: Use): string {
  const [top, bottom, left, right] = margins;
  const paddings = (around: boolean, deep: boolean) => {
    const rows = around ? `[${top}, ${bottom}], [${left}, ${right}]` : "[0, 0], [0, 0]";
    return `[[0, 0], ${rows}, [${deep ? channels.join(", ") : "0, 0"}]]`;
  };
  const constant = value === 0 ? "" : `, ${value}`;
  if (mode === "constant") return `tf.pad(${x}, ${paddings(true, true)}${constant})`;
  const map =
    mode === "reflect"
      ? `tf.mirrorPad(${x}, ${paddings(true, false)}, "reflect")`
      : `${use("replicatePad")}(${x}, [${margins.join(", ")}])`;
  return channels.every((count) => count === 0) ? map : `tf.pad(${map}, ${paddings(false, true)}${constant})`;
}

/** Activations that the fused kernels of tf.js apply, with their names in tf.js. */
const fused: Readonly<Partial<Record<ActivationName, string>>> = {
  relu: "relu",
  relu6: "relu6",
  leaky_relu: "leakyrelu",
  sigmoid: "sigmoid",
};

function convTransposeCode(node: ShapedNodeOf<"conv_transpose">, x: string, input: Shape, use: Use): string {
  const [top, bottom, left, right] = node.pads;
  const pads = isZero(node.pads) ? `"valid"` : `[[0, 0], [${top}, ${bottom}], [${left}, ${right}], [0, 0]]`;
  // tf.js adds no row that lies a stride or more after the last window.
  const beyond = rowsAdded(node, input).map((rows, axis) => Math.max(0, rows - (node.stride[axis] ?? 1) + 1));
  const { h, w, c } = mapOf(node.shape);
  const [down = 0, across = 0] = beyond;
  const options = [
    `shape: [${h - down}, ${w - across}, ${c}]`,
    `strides: ${JSON.stringify(node.stride)}`,
    `pad: ${pads}`,
    ...(node.groups > 1 ? [`groups: ${node.groups}`] : []),
    ...(down + across > 0 ? [`beyond: [${down}, ${across}]`] : []),
  ];
  const code = `${use("transposedConv")}(${x}, weights, ${stringLiteral(node.path)}, { ${options.join(", ")} })`;
  return node.activation === null ? code : activationCode(node.activation, code, use);
}

function linearCode(node: Exclude<LinearNode, { op: "conv_transpose" }>, x: string, input: Shape, use: Use): string {
  const { activation } = node;
  const inside = activation === null ? undefined : fused[activation.fn];
  const options = [
    ...(node.op === "dense" ? [] : windowOptions(node, input)),
    ...(inside === undefined ? [] : [`activation: ${stringLiteral(inside)}`]),
    ...(activation?.fn === "leaky_relu" ? [`leakyreluAlpha: ${activation.alpha}`] : []),
  ];
  const grouped = node.op === "conv" && node.groups > 1;
  const name = use(grouped ? "groupedConv" : node.op);
  const braced = options.length === 0 ? "" : `, { ${options.join(", ")} }`;
  const code = `${name}(${x}, weights, ${stringLiteral(node.path)}${braced})`;
  return activation === null || inside !== undefined ? code : activationCode(activation, code, use);
}

/** Returns the settings that differ from stride 1, padding `same` and no dilation. */
function windowOptions(node: ShapedNodeOf<"conv"> | ShapedNodeOf<"depthwise">, input: Shape): readonly string[] {
  const pair = ([rows, columns]: readonly [number, number]) =>
    rows === columns ? String(rows) : `[${rows}, ${columns}]`;
  const options: string[] = [];
  if (node.op === "conv" && node.groups > 1) options.push(`groups: ${node.groups}`);
  if (Math.max(...node.stride) > 1) options.push(`strides: ${pair(node.stride)}`);
  const padding = paddingCode(node, input);
  // A window of one pixel has no padding with `same` or `valid`.
  const needed = padding === `"valid"` ? Math.max(...node.kernel) > 1 || Math.max(...node.stride) > 1 : true;
  if (padding !== `"same"` && needed) options.push(`pad: ${padding}`);
  if (Math.max(...node.dilation) > 1 && !spreadsKernel(node)) options.push(`dilations: ${pair(node.dilation)}`);
  return options;
}

function paddingCode(node: Parameters<typeof paddingWord>[0], input: Shape): string {
  const [top, bottom, left, right] = node.pads;
  const padding = paddingWord(node, input);
  return padding === "EXPLICIT"
    ? `[[0, 0], [${top}, ${bottom}], [${left}, ${right}], [0, 0]]`
    : stringLiteral(padding.toLowerCase());
}

const calls: Readonly<Partial<Record<ActivationName, string>>> = {
  relu: "relu",
  relu6: "relu6",
  sigmoid: "sigmoid",
  tanh: "tanh",
  softmax: "softmax",
  log_softmax: "logSoftmax",
  selu: "selu",
  softplus: "softplus",
};

const own: Readonly<Partial<Record<ActivationName, FunctionName>>> = {
  swish: "swish",
  mish: "mish",
  hswish: "hardSwish",
  hsigmoid: "hardSigmoid",
  gelu: "gelu",
  gelu_tanh: "tanhGelu",
};

function activationCode({ fn, alpha }: Activation, x: string, use: Use): string {
  if (fn === "leaky_relu") return `tf.leakyRelu(${x}, ${alpha})`;
  if (fn === "elu") return alpha === 1 ? `tf.elu(${x})` : `${use("scaledElu")}(${x}, ${alpha})`;
  const call = calls[fn];
  if (call !== undefined) return `tf.${call}(${x})`;
  const name = own[fn];
  if (name === undefined) throw new Error(`internal: no function for "${fn}"`);
  return `${use(name)}(${x})`;
}
