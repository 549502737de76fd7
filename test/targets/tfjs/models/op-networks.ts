import { activationNames } from "../../../../src/ir/activation.ts";
import type { NodeId, ShapedGraph } from "../../../../src/ir/graph.ts";
import { transposedConvs } from "../../../support/transposed-convs.ts";
import { normOps } from "../../../support/norm-ops.ts";
import { shapeOps } from "../../../support/shape-ops.ts";
import { graphBuilder, type ConvOptions } from "../../../support/graph-builder.ts";

type Builder = ReturnType<typeof graphBuilder>;

const convs: Readonly<Record<string, ConvOptions>> = {
  "1x1": { kernel: 1 },
  "3x3 same, stride 2": { kernel: 3, stride: 2 },
  "3x3 valid, stride 3": { kernel: 3, stride: 3, padding: "valid" },
  "3x2, stride 2x1": { kernel: [3, 2], stride: [2, 1] },
  "torch, stride 2": { kernel: 3, stride: 2, padding: "torch" },
  "pads of its own": { kernel: 3, padding: [2, 0, 1, 3] },
  "dilation 2": { kernel: 3, dilation: 2 },
  "dilation 2 and stride 2": { kernel: 3, dilation: 2, stride: 2 },
  "dilation 3x1, valid": { kernel: [3, 3], dilation: [3, 1], padding: "valid" },
  "no bias": { kernel: 3, bias: false },
};

const pools = [
  { kernel: [2, 2], stride: [2, 2], padding: "valid" },
  { kernel: [3, 3], stride: [2, 2], padding: "same" },
  { kernel: [3, 3], stride: [2, 2], padding: "torch" },
  { kernel: [3, 2], stride: [3, 1], padding: [1, 0, 0, 1] },
] as const;

const linear = (g: Builder, from: NodeId): NodeId => g.dense("dense", g.push("flat", { op: "flatten" }, [from]), 5);

function* builders(): Generator<readonly [string, (g: Builder) => NodeId]> {
  for (const [name, options] of Object.entries(convs)) {
    yield [`conv ${name}`, (g) => g.conv("conv", g.input, 4, options)];
    yield [`conv ${name} in three groups`, (g) => g.conv("conv", g.input, 9, { ...options, groups: 3 })];
    yield [`conv ${name}, a group a channel`, (g) => g.conv("conv", g.input, 12, { ...options, groups: 6 })];
    yield [`depthwise ${name}`, (g) => g.depthwise("dw", g.input, options)];
    yield [`depthwise ${name}, multiplier 2`, (g) => g.depthwise("dw", g.input, { ...options, multiplier: 2 })];
  }
  for (const [name, options] of transposedConvs) {
    yield [`transposed conv ${name}`, (g) => g.convTranspose("up", g.input, 4, options)];
    yield [
      `transposed conv ${name} in three groups`,
      (g) => g.convTranspose("up", g.input, 9, { ...options, groups: 3 }),
    ];
  }
  for (const fn of ["leaky_relu", "gelu"] as const) {
    yield [
      `transposed conv with norm, ${fn}`,
      (g) => g.act("up", g.norm("up", g.convTranspose("up", g.input, 6, { stride: 2, groups: 2 })), fn),
    ];
  }
  for (const fn of activationNames) {
    for (const bias of [true, false]) {
      yield [
        `conv ${bias ? "with" : "without"} bias, ${fn}`,
        (g) => g.act("conv", g.conv("conv", g.input, 4, { kernel: 3, bias }), fn, 0.3),
      ];
    }
    yield [`conv with norm, ${fn}`, (g) => g.act("conv", g.norm("conv", g.conv("conv", g.input, 4)), fn)];
    yield [
      `grouped conv with norm, ${fn}`,
      (g) => g.act("conv", g.norm("conv", g.conv("conv", g.input, 6, { kernel: 3, groups: 2 })), fn),
    ];
    yield [`depthwise with norm, ${fn}`, (g) => g.act("dw", g.norm("dw", g.depthwise("dw", g.input)), fn)];
    yield [`dense, ${fn}`, (g) => g.act("dense", linear(g, g.input), fn)];
    yield [`${fn} on its own`, (g) => g.act("act", g.input, fn, 0.3)];
  }
  for (const window of pools) {
    for (const mode of ["avg", "max"] as const) {
      yield [
        `pool ${mode} ${JSON.stringify(window)}`,
        (g) =>
          g.push("pool", { op: "pool", countPadding: false, ceil: false, mode, dilation: [1, 1], ...window }, [
            g.input,
          ]),
      ];
    }
  }
  for (const mode of ["avg", "max"] as const) {
    const pooled = (g: Builder) => g.push("pool", { op: "global_pool", mode }, [g.input]);
    yield [`global ${mode}`, (g) => g.conv("conv", pooled(g), 3)];
    yield [`global ${mode}, flatten`, (g) => g.dense("dense", g.push("flat", { op: "flatten" }, [pooled(g)]), 3)];
    yield [`global ${mode}, squeeze`, (g) => g.push("flat", { op: "squeeze" }, [pooled(g)])];
  }
  for (const scale of [true, false]) {
    for (const center of [true, false]) {
      const op = { op: "batch_norm", eps: 1e-5, momentum: 0.9, scale, center } as const;
      yield [`norm alone, scale ${scale}, center ${center}`, (g) => g.push("norm", op, [g.input])];
      yield [`norm of a dense, scale ${scale}, center ${center}`, (g) => g.push("norm", op, [linear(g, g.input)])];
    }
  }
  for (const [name, op] of normOps) {
    yield [name, (g) => g.push("norm", op, [g.input])];
    yield [`${name}, of a conv`, (g) => g.act("conv", g.push("conv/norm", op, [g.conv("conv", g.input, 6)]), "relu")];
    if (op.op === "response_norm" || (op.op === "sample_norm" && op.kind === "instance")) continue;
    yield [
      `${name}, of a vector`,
      (g) => g.push("norm", op, [g.dense("dense", g.push("flat", { op: "flatten" }, [g.input]), 6)]),
    ];
  }
  for (const [name, op] of shapeOps) yield [name, (g) => g.push("op", op, [g.input])];
  yield [
    "a conv after zeros",
    (g) =>
      g.conv(
        "conv",
        g.push("pad", { op: "pad", mode: "constant", margins: [1, 0, 2, 1], channels: [0, 0], value: 0 }, [g.input]),
        4,
        {
          kernel: 3,
          padding: "valid",
        },
      ),
  ];
  yield ["flatten of a vector", (g) => g.push("again", { op: "flatten" }, [linear(g, g.input)])];
  yield ["shuffle", (g) => g.push("shuffle", { op: "shuffle", groups: 3 }, [g.input])];
  yield [
    "slices",
    (g) =>
      g.push("piece", { op: "slice", from: 3, to: 20 }, [
        g.push("flat", { op: "flatten" }, [g.push("part", { op: "slice", from: 1, to: 5 }, [g.input])]),
      ]),
  ];
  for (const factor of [
    [2, 2],
    [3, 1],
    [5, 7],
  ] as const) {
    for (const mode of ["nearest", "bilinear"] as const) {
      yield [
        `upsample ${mode} ${factor.join("x")}`,
        (g) => g.push("up", { op: "resize", to: { factor }, mode, coordinates: "half_pixel" }, [g.input]),
      ];
    }
  }
  for (const order of ["tensorflow", "torch"] as const) {
    yield [
      `blocks of pixels in the order of ${order}`,
      (g) => {
        const deep = g.push("deep", { op: "depth_to_space", blockSize: 2, order }, [g.conv("wide", g.input, 12)]);
        const padded = g.conv("odd", deep, 2, { kernel: 1, padding: [2, 2, 1, 1] });
        return g.push("back", { op: "space_to_depth", blockSize: 6, order }, [padded]);
      },
    ];
  }
  for (const order of ["whc", "wch", "cwh"] as const) {
    yield [
      `reshape and permute ${order}`,
      (g) => {
        const turned = g.push("turned", { op: "permute", order }, [g.conv("wide", g.input, 4)]);
        return g.push("rows", { op: "reshape", extents: [35, 1, 4] }, [turned]);
      },
    ];
  }
  yield [
    "dense layers of a sequence",
    (g) => {
      const rows = g.push("rows", { op: "reshape", extents: [35, 1, 6] }, [g.input]);
      return g.act(
        "last",
        g.dense("last", g.act("first", g.norm("first", g.dense("first", rows, 5)), "relu"), 3),
        "gelu",
      );
    },
  ];
  yield ["drop path", (g) => g.conv("conv", g.push("drop", { op: "dropout", rate: 0.5, sample: true }, [g.input]), 3)];
  yield ["dropout", (g) => g.conv("conv", g.push("drop", { op: "dropout", rate: 0.5 }, [g.input]), 3)];
  for (const op of ["add", "sub", "mul", "concat"] as const) {
    yield [
      `${op} of three`,
      (g) => g.push("join", { op }, [g.conv("a", g.input, 6), g.input, g.conv("b", g.input, 6, { kernel: 3 })]),
    ];
    yield [`${op} of a value with itself`, (g) => g.push("join", { op }, [g.input, g.input])];
    yield [
      `${op} of vectors`,
      (g) => {
        const dense = linear(g, g.input);
        return g.push("join", { op }, [dense, g.act("dense", dense, "relu")]);
      },
    ];
  }
  yield [
    "a gate",
    (g) => {
      const gate = g.act("gate", g.push("pool", { op: "global_pool", mode: "avg" }, [g.input]), "sigmoid");
      return g.push("mul", { op: "mul" }, [gate, g.input]);
    },
  ];
  yield ["nothing but the input", (g) => g.input];
  yield ["names that begin with an underscore", (g) => g.act("_a", g.conv("_a", g.input, 3), "relu6")];
}

/** A network for each op and each way it can be set, on a map of odd extents. */
export function opNetworks(): readonly (readonly [string, ShapedGraph])[] {
  return [...builders()].map(([name, build]) => {
    const g = graphBuilder("One", [7, 5, 6]);
    return [name, g.shaped(build(g))] as const;
  });
}
