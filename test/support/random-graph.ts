import fc from "fast-check";
import { activationNames, type ActivationName } from "../../src/ir/activation.ts";
import type { GraphOutput, LoweredGraph, NodeId } from "../../src/ir/graph.ts";
import { inferShape, type Op } from "../../src/ir/op.ts";
import type { BlockOrder } from "../../src/ir/ops/depth-to-space.ts";
import { axisOrders, type AxisOrder } from "../../src/ir/ops/permute.ts";
import type { ResizeOp } from "../../src/ir/ops/resize.ts";
import type { SampleNormOp } from "../../src/ir/ops/sample-norm.ts";
import { channelsOf, elementsOf, sameShape, type Shape } from "../../src/ir/shape.ts";
import type { PadOp } from "../../src/ir/ops/pad.ts";
import type { Ends, Padding, Pads, Pair } from "../../src/ir/window.ts";
import { graphBuilder, type ConvOptions } from "./graph-builder.ts";

/**
 * Small random networks over every op: odd sizes, strides to 3, dilation, groups, all paddings, branches, gates,
 * norms, activations, nested residual blocks, several outputs. A network is first a recipe, so that fast-check can
 * shrink it. When the graph is built, a step that does not fit at its place is skipped.
 */
export interface GraphRecipe {
  readonly input: readonly [number, number, number];
  readonly steps: readonly Step[];
  readonly tail: Tail;
  /** The indices of additional outputs, taken modulo the number of nodes. */
  readonly taps: readonly number[];
}

type SampleNorm = SampleNormOp["kind"];
type Norm = "batch" | SampleNorm | "none";
interface LayerEnd {
  readonly bias: boolean;
  readonly norm: Norm;
  readonly act: ActivationName | "none";
}
interface WindowWish {
  /** Zeros around the map before the window. A pass folds them into the window. */
  readonly zeros: Pads | null;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
}

export type Step =
  | ({
      readonly kind: "conv";
      readonly filters: number;
      readonly groups: number;
      readonly dilation: number;
    } & WindowWish &
      LayerEnd)
  | ({
      readonly kind: "conv_transpose";
      readonly filters: number;
      readonly groups: number;
      readonly dilation: number;
      readonly outputPadding: readonly [number, number];
    } & WindowWish &
      LayerEnd)
  | ({ readonly kind: "depthwise"; readonly multiplier: number; readonly dilation: number } & WindowWish & LayerEnd)
  | ({
      readonly kind: "pool";
      readonly mode: "avg" | "max";
      readonly countPadding: boolean;
      readonly ceil: boolean;
    } & WindowWish)
  | { readonly kind: "adaptive_pool"; readonly mode: "avg" | "max"; readonly size: Pair }
  | { readonly kind: "norm" }
  | {
      readonly kind: "sample_norm";
      readonly norm: SampleNorm;
      readonly groups: number;
      readonly scale: boolean;
      readonly center: boolean;
    }
  | { readonly kind: "scale"; readonly factor: number | null }
  | { readonly kind: "shift"; readonly amount: number | null }
  | { readonly kind: "prelu" }
  | { readonly kind: "response_norm" }
  | { readonly kind: "drop_path" }
  | { readonly kind: "act"; readonly fn: ActivationName; readonly alpha: number }
  | { readonly kind: "dropout" }
  | { readonly kind: "shuffle"; readonly groups: number }
  | { readonly kind: "slice"; readonly from: number; readonly keep: number }
  | {
      readonly kind: "pad";
      readonly mode: PadOp["mode"];
      readonly margins: Pads;
      readonly channels: Ends;
      readonly value: number;
    }
  | { readonly kind: "crop"; readonly margins: Pads }
  | {
      readonly kind: "resize";
      readonly to: ResizeOp["to"];
      readonly mode: ResizeOp["mode"];
      readonly coordinates: ResizeOp["coordinates"];
    }
  | {
      readonly kind: "depth_to_space" | "space_to_depth";
      readonly block: number;
      readonly order: BlockOrder;
    }
  | { readonly kind: "permute"; readonly order: AxisOrder }
  /** A map as a sequence of its pixels, and what a transformer or a mixer does to it. */
  | { readonly kind: "sequence"; readonly units: number; readonly mixed: number | null; readonly act: ActivationName }
  | {
      readonly kind: "branch";
      readonly join: "add" | "sub" | "mul" | "concat";
      readonly stride: number;
      readonly paths: readonly (readonly Step[])[];
    }
  | { readonly kind: "gate"; readonly reduced: number }
  | {
      readonly kind: "block";
      readonly residual: "auto" | "never";
      readonly restores: boolean;
      readonly steps: readonly Step[];
    };

export type Tail = "map" | "squeeze" | "flatten" | "softmax";

const size = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });
const pairOf = (most: number): fc.Arbitrary<Pair> => fc.tuple(size(most), size(most));
const margins = fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2));
const window = {
  zeros: fc.option(margins, { freq: 3 }),
  kernel: pairOf(4),
  stride: fc.oneof({ weight: 3, arbitrary: fc.constant<Pair>([1, 1]) }, { weight: 2, arbitrary: pairOf(3) }),
  padding: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<Padding>("same", "valid", "torch") },
    { weight: 1, arbitrary: margins },
  ),
};
const layerEnd = {
  bias: fc.boolean(),
  norm: fc.constantFrom<Norm>("batch", "batch", "none", "none", "layer", "instance"),
  act: fc.constantFrom<ActivationName | "none">("none", ...activationNames),
};

function step(depth: number): fc.Arbitrary<Step> {
  const leaves: fc.WeightedArbitrary<Step>[] = [
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("conv" as const),
        filters: size(4),
        groups: size(3),
        dilation: size(2),
        ...window,
        ...layerEnd,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("conv_transpose" as const),
        filters: size(4),
        groups: size(2),
        dilation: size(2),
        outputPadding: fc.tuple(fc.nat(1), fc.nat(1)),
        ...window,
        ...layerEnd,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("depthwise" as const),
        multiplier: size(2),
        dilation: size(2),
        ...window,
        ...layerEnd,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("pool" as const),
        mode: fc.constantFrom("avg" as const, "max" as const),
        countPadding: fc.boolean(),
        ceil: fc.boolean(),
        ...window,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("adaptive_pool" as const),
        mode: fc.constantFrom("avg" as const, "max" as const),
        size: pairOf(4),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: "norm" }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("sample_norm" as const),
        norm: fc.constantFrom<SampleNorm>("layer", "rms", "group", "instance"),
        groups: size(3),
        scale: fc.boolean(),
        center: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("scale" as const), factor: fc.constantFrom(null, null, 0.5, -1.5) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("shift" as const), amount: fc.constantFrom(null, null, 0.5, -1.5) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("act" as const),
        fn: fc.constantFrom(...activationNames),
        alpha: fc.constantFrom(0.01, 0.3, 1),
      }),
    },
    { weight: 2, arbitrary: fc.constant<Step>({ kind: "prelu" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: "response_norm" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: "drop_path" }) },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: "dropout" }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("shuffle" as const), groups: size(4) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("slice" as const), from: fc.nat(2), keep: size(6) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("pad" as const),
        mode: fc.constantFrom("constant" as const, "constant" as const, "reflect" as const, "replicate" as const),
        margins,
        channels: fc.oneof(fc.constant<Ends>([0, 0]), fc.tuple(fc.nat(2), fc.nat(2))),
        value: fc.constantFrom(0, 0, 0, -0.3),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("crop" as const), margins }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("resize" as const),
        to: fc.oneof(fc.record({ factor: pairOf(2) }), fc.record({ size: pairOf(9) })),
        mode: fc.constantFrom("nearest" as const, "bilinear" as const, "bicubic" as const),
        coordinates: fc.constantFrom("half_pixel" as const, "align_corners" as const, "asymmetric" as const),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom("depth_to_space" as const, "space_to_depth" as const),
        block: size(3),
        order: fc.constantFrom<BlockOrder>("tensorflow", "torch"),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("permute" as const), order: fc.constantFrom(...axisOrders) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("sequence" as const),
        units: size(6),
        mixed: fc.option(size(9), { nil: null }),
        act: fc.constantFrom(...activationNames),
      }),
    },
  ];
  if (depth === 0) return fc.oneof(...leaves);
  const inner = fc.array(step(depth - 1), { maxLength: 3 });
  return fc.oneof(
    ...leaves,
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("branch" as const),
        join: fc.constantFrom("add" as const, "add" as const, "sub" as const, "mul" as const, "concat" as const),
        stride: size(2),
        paths: fc.array(inner, { minLength: 2, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("gate" as const), reduced: size(3) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("block" as const),
        residual: fc.constantFrom("auto" as const, "auto" as const, "never" as const),
        restores: fc.boolean(),
        steps: inner,
      }),
    },
  );
}

/** Recipes for fast-check properties; build them with `buildGraph`. */
export const graphRecipes: fc.Arbitrary<GraphRecipe> = fc.record({
  input: fc.tuple(size(11), size(11), size(5)),
  steps: fc.array(step(2), { minLength: 1, maxLength: 7 }),
  tail: fc.constantFrom<Tail>("map", "squeeze", "flatten", "softmax"),
  taps: fc.array(fc.nat(60), { maxLength: 2 }),
});

/** Returns the network of a seed. It is always the same. */
export function randomGraph(seed: number): LoweredGraph {
  const [recipe] = fc.sample(graphRecipes, { seed, numRuns: 1 });
  if (recipe === undefined) throw new Error("fast-check gave no sample");
  return buildGraph(recipe);
}

/** A value of the graph that is being built, with its total stride since the enclosing block's input. */
interface Flow {
  readonly id: NodeId;
  readonly shape: Shape;
  readonly stride: Pair | null;
}

const MOST_ELEMENTS = 4096;

function sampleNorm(kind: SampleNorm, groups: number, scale: boolean, center: boolean): SampleNormOp {
  return { op: "sample_norm", kind, groups, eps: 1e-3, scale, center: center && kind !== "rms" };
}

function zeros(margins: Pads): PadOp {
  return { op: "pad", mode: "constant", margins, channels: [0, 0], value: 0 };
}

/**
 * Lowers a recipe. With `explicit` residuals no blocks are made. Instead the graph contains each sum that the rule of
 * the language requires, which is the expected result of `insert-residuals`.
 */
export function buildGraph(recipe: GraphRecipe, residuals: "blocks" | "explicit" = "blocks"): LoweredGraph {
  const builder = graphBuilder("random", recipe.input);
  let count = 0;
  const name = (scope: string, kind: string): string => `${scope}${kind}${++count}`;

  const emit = (path: string, op: Op, from: readonly Flow[], layer = path): Flow | null => {
    const result = inferShape(
      op,
      from.map(({ shape }) => shape),
    );
    // A join is never skipped, because then no node would read its paths.
    if (result.problem !== undefined) return null;
    if (from.length === 1 && elementsOf(result.shape) > MOST_ELEMENTS) return null;
    const before = from[0]?.stride ?? null;
    return {
      id: builder.push(
        path,
        op,
        from.map(({ id }) => id),
        layer,
      ),
      shape: result.shape,
      stride: strideAfter(op, before, result.shape),
    };
  };

  const finish = (layer: string, from: Flow, { norm, act }: LayerEnd): Flow => {
    const normed =
      norm === "none"
        ? from
        : norm === "batch"
          ? { ...from, id: builder.norm(layer, from.id) }
          : (emit(`${layer}/norm`, sampleNorm(norm, 1, true, true), [from], layer) ?? from);
    return act === "none" ? normed : { ...normed, id: builder.act(layer, normed.id, act) };
  };

  const linear = (
    path: string,
    from: Flow,
    op: "conv" | "conv_transpose" | "depthwise",
    options: ConvOptions & { filters: number },
    end: LayerEnd,
  ): Flow | null => {
    const { stride = 1, dilation = 1, groups = 1, kernel = 1, multiplier = 1, padding = "same" } = options;
    const { filters, outputPadding = [0, 0] } = options;
    const both = (value: number | Pair): Pair => (typeof value === "number" ? [value, value] : value);
    const shared = {
      kernel: both(kernel),
      stride: both(stride),
      dilation: both(dilation),
      padding,
      bias: end.bias,
      init: { kind: "he_normal" },
      biasInit: { kind: "zeros" },
      folded: [],
      activation: null,
    } as const;
    const made = emit(
      path,
      op === "conv_transpose"
        ? { op, filters, groups, outputPadding, ...shared }
        : op === "conv"
          ? { op, filters, groups, ...shared }
          : { op, multiplier, ...shared },
      [from],
    );
    return made === null ? null : finish(path, made, end);
  };

  const dense = (path: string, from: Flow, units: number): Flow | null =>
    emit(
      path,
      {
        op: "dense",
        units,
        bias: true,
        init: { kind: "glorot_uniform" },
        biasInit: { kind: "zeros" },
        folded: [],
        activation: null,
      },
      [from],
    );

  const plain: LayerEnd = { bias: true, norm: "none", act: "none" };
  const pointwise = (path: string, from: Flow, filters: number, stride: number, end = plain): Flow =>
    linear(path, from, "conv", { kernel: 1, stride, filters }, end) ?? from;

  const apply = (scope: string, from: Flow, wish: Step, keepExtents: boolean): Flow | null => {
    const path = name(scope, wish.kind);
    switch (wish.kind) {
      case "conv":
      case "depthwise": {
        if (wish.zeros !== null && !keepExtents) {
          const padded = emit(name(scope, "zeros"), zeros(wish.zeros), [from]);
          return padded === null ? null : (apply(scope, padded, { ...wish, zeros: null }, keepExtents) ?? padded);
        }
        const kept = keepExtents ? { stride: 1, padding: "same" as const } : {};
        // Frameworks refuse a conv that has both a stride and a dilation.
        const strided = !keepExtents && wish.stride.some((extent) => extent > 1);
        const options = { ...wish, dilation: strided ? 1 : wish.dilation, ...kept };
        if (wish.kind === "depthwise") return linear(path, from, "depthwise", { ...options, filters: 0 }, wish);
        const groups = channelsOf(from.shape) % wish.groups === 0 ? wish.groups : 1;
        return linear(path, from, "conv", { ...options, groups, filters: groups * wish.filters }, wish);
      }
      case "conv_transpose": {
        const kept = keepExtents ? { stride: 1, padding: "same" as const, outputPadding: [0, 0] as const } : {};
        const groups = channelsOf(from.shape) % wish.groups === 0 ? wish.groups : 1;
        return linear(path, from, "conv_transpose", { ...wish, groups, filters: groups * wish.filters, ...kept }, wish);
      }
      case "pool": {
        if (wish.zeros !== null && !keepExtents) {
          const padded = emit(name(scope, "zeros"), zeros(wish.zeros), [from]);
          return padded === null ? null : (apply(scope, padded, { ...wish, zeros: null }, keepExtents) ?? padded);
        }
        const { mode, kernel, countPadding, ceil } = wish;
        const kept = keepExtents
          ? ({ stride: [1, 1], padding: "same" } as const)
          : { stride: wish.stride, padding: wish.padding };
        // A window that covers only padding has no average, so explicit pads must be smaller than the kernel.
        const pads = kept.padding;
        if (typeof pads !== "string" && pads.some((pad, side) => pad >= (kernel[side >> 1] ?? 1))) return null;
        return emit(path, { op: "pool", mode, kernel, countPadding, ceil, dilation: [1, 1], ...kept }, [from]);
      }
      case "adaptive_pool":
        return keepExtents ? null : emit(path, { op: "adaptive_pool", mode: wish.mode, size: wish.size }, [from]);
      case "norm":
        return emit(path, { op: "batch_norm", eps: 1e-3, momentum: 0.99, scale: true, center: true }, [from]);
      case "sample_norm": {
        const groups = wish.norm === "group" && channelsOf(from.shape) % wish.groups === 0 ? wish.groups : 1;
        return emit(path, sampleNorm(wish.norm, groups, wish.scale, wish.center), [from]);
      }
      case "scale":
        return emit(path, { op: "scale", factor: wish.factor, init: { kind: "ones" } }, [from]);
      case "shift":
        return emit(path, { op: "shift", amount: wish.amount, init: { kind: "zeros" } }, [from]);
      case "response_norm":
        return emit(path, { op: "response_norm", eps: 1e-3 }, [from]);
      case "drop_path":
        return emit(path, { op: "dropout", rate: 0.25, sample: true }, [from]);
      case "prelu":
        return emit(path, { op: "prelu", init: { kind: "constant", value: 0.25 } }, [from]);
      case "act":
        return emit(path, { op: "activation", activation: { fn: wish.fn, alpha: wish.alpha } }, [from]);
      case "dropout":
        return emit(path, { op: "dropout", rate: 0.25 }, [from]);
      case "shuffle":
        return emit(path, { op: "shuffle", groups: wish.groups }, [from]);
      case "slice":
        return emit(
          path,
          { op: "slice", from: wish.from, to: Math.min(channelsOf(from.shape), wish.from + wish.keep) },
          [from],
        );
      case "pad": {
        const { mode, margins, channels, value } = wish;
        const around: Pads = keepExtents ? [0, 0, 0, 0] : margins;
        return emit(path, { op: "pad", mode, margins: around, channels, value }, [from]);
      }
      case "crop":
        return keepExtents ? null : emit(path, { op: "crop", margins: wish.margins }, [from]);
      case "resize":
        return keepExtents
          ? null
          : emit(path, { op: "resize", to: wish.to, mode: wish.mode, coordinates: wish.coordinates }, [from]);
      case "depth_to_space": {
        // Most maps have too few channels, so a conv comes first.
        if (keepExtents) return null;
        const deep = pointwise(name(scope, "deepen"), from, 3 * wish.block ** 2, 1);
        return emit(path, { op: wish.kind, blockSize: wish.block, order: wish.order }, [deep]);
      }
      case "space_to_depth":
        return keepExtents ? null : emit(path, { op: wish.kind, blockSize: wish.block, order: wish.order }, [from]);
      case "permute":
        return keepExtents ? null : emit(path, { op: "permute", order: wish.order }, [from]);
      case "sequence": {
        const pixels = elementsOf(from.shape) / channelsOf(from.shape);
        if (keepExtents || pixels === 1) return null;
        const rows = emit(`${path}/rows`, { op: "reshape", extents: [pixels, 1, channelsOf(from.shape)] }, [from]);
        const hidden = rows === null ? null : dense(`${path}/hidden`, rows, wish.units);
        if (hidden === null) return null;
        const active = { ...hidden, id: builder.act(`${path}/hidden`, hidden.id, wish.act) };
        if (wish.mixed === null) return active;
        const turned = emit(`${path}/turned`, { op: "permute", order: "cwh" }, [active]);
        return turned === null ? active : (dense(`${path}/mix`, turned, wish.mixed) ?? turned);
      }
      case "branch": {
        const stride = keepExtents ? 1 : wish.stride;
        const ends = wish.paths.map((steps, position) => {
          const inside = `${path}/path${position + 1}/`;
          const entered = stride === 1 ? from : pointwise(name(inside, "enter"), from, channelsOf(from.shape), stride);
          return run(inside, entered, steps, true);
        });
        const channels = channelsOf(ends[0]?.shape ?? []);
        const fitted =
          wish.join === "concat"
            ? ends
            : ends.map((end, position) =>
                channelsOf(end.shape) === channels
                  ? end
                  : pointwise(name(`${path}/path${position + 1}/`, "fit"), end, channels, 1),
              );
        return emit(path, { op: wish.join }, fitted);
      }
      case "gate": {
        const pooled = emit(`${path}/pool`, { op: "global_pool", mode: "avg" }, [from]);
        if (pooled === null) return null;
        const reduced = pointwise(`${path}/reduce`, pooled, wish.reduced, 1, { ...plain, act: "relu" });
        const gate = pointwise(`${path}/expand`, reduced, channelsOf(from.shape), 1, { ...plain, act: "hsigmoid" });
        return emit(path, { op: "mul" }, [from, gate]);
      }
      case "block": {
        const enter = { ...from, stride: [1, 1] as const };
        const inside = `${path}/`;
        // Half of the blocks end like an inverted residual, so that residuals occur.
        const body = (): Flow => {
          const end = run(inside, enter, wish.steps, keepExtents || wish.restores);
          if (!wish.restores) return end;
          return pointwise(name(inside, "project"), end, channelsOf(from.shape), 1, { ...plain, norm: "batch" });
        };
        if (residuals === "explicit") {
          const end = body();
          const adds =
            wish.residual === "auto" &&
            end.id !== from.id &&
            end.stride?.[0] === 1 &&
            end.stride[1] === 1 &&
            sameShape(end.shape, from.shape);
          const sum = adds ? emit(`${path}/add`, { op: "add" }, [end, from]) : end;
          return sum === null ? null : { ...sum, stride: chain(from.stride, end.stride) };
        }
        let end: Flow = enter;
        // The builder requires the stride before the body is built, but the stride depends on the body, so it is set
        // afterwards.
        const output = builder.block(path, from.id, wish.residual, null, () => {
          end = body();
          return end.id;
        });
        strides.set(path, end.stride);
        return { id: output, shape: end.shape, stride: chain(from.stride, end.stride) };
      }
    }
  };

  const run = (scope: string, from: Flow, steps: readonly Step[], keepExtents: boolean): Flow =>
    steps.reduce((flow, wish) => apply(scope, flow, wish, keepExtents) ?? flow, from);

  const strides = new Map<string, Pair | null>();
  const start: Flow = { id: builder.input, shape: recipe.input, stride: [1, 1] };
  const body = run("", start, recipe.steps, false);
  const end = closeWith(recipe.tail, body, emit, builder);
  const lowered = builder.lowered(end);
  const taps = recipe.taps.map((wish): GraphOutput => {
    // The index counts the nodes that occur with both kinds of residual.
    const shared = lowered.nodes.filter((node) => node.op !== "add" || !node.path.endsWith("/add"));
    const node = shared[wish % shared.length];
    return { name: `tap${wish}`, path: node?.path ?? "", node: node?.id ?? 0, block: null };
  });
  const distinct = taps.filter((tap, position) => taps.findIndex(({ name: other }) => other === tap.name) === position);
  return {
    ...lowered,
    blocks: lowered.blocks.map((block) => ({ ...block, stride: strides.get(block.path) ?? null })),
    outputs: [...distinct, ...lowered.outputs],
  };
}

function closeWith(
  tail: Tail,
  body: Flow,
  emit: (path: string, op: Op, from: readonly Flow[]) => Flow | null,
  builder: ReturnType<typeof graphBuilder>,
): NodeId {
  if (tail === "map") return body.id;
  if (tail === "flatten") {
    const flat = emit("flatten", { op: "flatten" }, [body]) ?? body;
    return builder.act("head", builder.dense("head", flat.id, 5), "relu6");
  }
  const pooled = emit("pool", { op: "global_pool", mode: tail === "squeeze" ? "max" : "avg" }, [body]) ?? body;
  const vector = emit("squeeze", { op: "squeeze" }, [pooled]) ?? pooled;
  const dropped = emit("dropout", { op: "dropout", rate: 0.5 }, [vector]) ?? vector;
  const dense = builder.dense("head", dropped.id, 4);
  return tail === "squeeze" ? builder.norm("head", dense) : builder.act("head", dense, "softmax");
}

/**
 * The stride rule of "Residuals" in docs/language.md. It is implemented here again in order to check the compiler's
 * implementation.
 */
function strideAfter(op: Op, before: Pair | null, shape: Shape): Pair | null {
  if (op.op === "conv" || op.op === "depthwise" || op.op === "pool") return chain(before, op.stride);
  if (op.op === "conv_transpose") return op.stride.every((extent) => extent === 1) ? before : null;
  if (op.op === "space_to_depth") return chain(before, [op.blockSize, op.blockSize]);
  if (op.op === "dense") return shape.length === 3 ? before : null;
  const ops = ["global_pool", "adaptive_pool", "flatten", "squeeze", "reshape", "permute", "resize", "depth_to_space"];
  const lost = ops.includes(op.op);
  return lost ? null : before;
}

function chain(before: Pair | null, after: Pair | null): Pair | null {
  return before === null || after === null ? null : [before[0] * after[0], before[1] * after[1]];
}
