import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../../src/gpu/node-device.ts";
import { activationNames, isOverAxis } from "../../../../src/ir/activation.ts";
import type { NodeId, ShapedGraph } from "../../../../src/ir/graph.ts";
import type { InputOp } from "../../../../src/ir/ops/input.ts";
import { axisOrders } from "../../../../src/ir/ops/permute.ts";
import { WEBGPU_CORE } from "../../../../src/targets/webgpu/schedule/limits.ts";
import { inferenceGraph } from "../../../../src/passes/pipeline.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { transposedConvs } from "../../../support/transposed-convs.ts";
import { normOps } from "../../../support/norm-ops.ts";
import { graphBuilder, type ConvOptions } from "../../../support/graph-builder.ts";
import { shapeOps } from "../../../support/shape-ops.ts";
import { differences, emitChecked, planOf, randomImage } from "../../../support/gpu-run.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

type Builder = ReturnType<typeof graphBuilder>;
type Build = (builder: Builder) => NodeId;

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

/** Runs what is built on the device and against the interpreter; gives the stems of the kernels that were chosen. */
async function agrees(input: InputOp["extents"], build: Build): Promise<readonly string[]> {
  const builder = graphBuilder("kernel", input);
  const training = builder.shaped(build(builder));
  return agreesOn(training, inferenceGraph(training, refuse));
}

async function agreesOn(training: ShapedGraph, graph: ShapedGraph): Promise<readonly string[]> {
  const weights = randomWeights(training, 7);
  const files = emitChecked(graph, weights);
  expect(await differences(node.device, graph, weights, randomImage(graph, 3), files)).toEqual([]);
  // The cost model chooses how the work is cut.
  const stem = ({ file }: { readonly file: string }) =>
    file.slice("kernels/".length, file.indexOf(".wgsl")).replace(/(_by\d+)?(_shared\d+)?(_alone)?$/, "");
  return planOf(files).kernels.map(stem);
}

describe("conv", () => {
  const cases: readonly (readonly [string, readonly [number, number, number], number, ConvOptions, string])[] = [
    ["1x1, channels by four", [5, 7, 8], 12, {}, "pointwise_5x7x8_to_12"],
    ["1x1, odd channels in", [5, 7, 5], 8, {}, "pointwise_5x7x5_to_8"],
    ["1x1, odd channels out", [3, 3, 8], 7, {}, "pointwise_3x3x8_to_7"],
    ["1x1, odd both ways, no bias", [4, 1, 3], 1, { bias: false }, "pointwise_4x1x3_to_1"],
    ["1x1, more columns than a workgroup", [3, 5, 4], 84, {}, "pointwise_3x5x4_to_84"],
    ["1x1 on one pixel", [1, 1, 20], 6, {}, "matvec_20_to_6"],
    ["the whole map at once", [3, 4, 5], 9, { kernel: [3, 4], padding: "valid" }, "matvec_60_to_9"],
    ["1x1, stride 2", [5, 7, 8], 4, { stride: 2 }, "conv_1x1_stride2_5x7x8_to_4"],
    [
      "3x3, stride 2, odd size, three channels",
      [9, 11, 3],
      8,
      { kernel: 3, stride: 2 },
      "conv_3x3_stride2_pad1_1_1_1_9x11x3_to_8",
    ],
    ["3x3, stride 3", [10, 10, 4], 5, { kernel: 3, stride: 3 }, "conv_3x3_stride3_pad1_1_1_1_10x10x4_to_5"],
    [
      "even size: the odd pad at the bottom",
      [8, 8, 4],
      4,
      { kernel: 3, stride: 2 },
      "conv_3x3_stride2_pad0_1_0_1_8x8x4_to_4",
    ],
    [
      "torch padding",
      [8, 8, 4],
      4,
      { kernel: 3, stride: 2, padding: "torch" },
      "conv_3x3_stride2_pad1_1_1_1_8x8x4_to_4",
    ],
    [
      "dilation 2 and a flat kernel",
      [9, 9, 8],
      4,
      { kernel: [1, 3], dilation: 2 },
      "conv_1x3_dilation2_pad0_0_2_2_9x9x8_to_4",
    ],
    [
      "two strides, uneven pads",
      [9, 8, 6],
      10,
      { kernel: [2, 5], stride: [1, 3], padding: [1, 0, 3, 1] },
      "conv_2x5_stride1x3_pad1_0_3_1_9x8x6_to_10",
    ],
    ["groups of vectors", [6, 5, 8], 16, { kernel: 3, groups: 2 }, "conv_3x3_pad1_1_1_1_6x5x8_to_16_groups2"],
    [
      "groups, odd channels each, vectors out",
      [6, 5, 6],
      8,
      { kernel: 3, groups: 2, dilation: 2 },
      "conv_3x3_dilation2_pad2_2_2_2_6x5x6_to_8_groups2",
    ],
    ["1x1 in groups", [3, 3, 8], 8, { groups: 2 }, "conv_1x1_3x3x8_to_8_groups2"],
    [
      "groups of single values",
      [7, 6, 9],
      6,
      { kernel: 3, groups: 3, stride: 2 },
      "conv_3x3_stride2_pad1_1_0_1_7x6x9_to_6_groups3",
    ],
  ];
  test.each(cases)("%s", async (_name, input, filters, options, kernel) => {
    expect(await agrees(input, (builder) => builder.conv("conv", builder.input, filters, options))).toEqual([kernel]);
  });
});

describe("transposed conv", () => {
  test.each(transposedConvs)("%s", async (_name, options) => {
    const one = await agrees([5, 7, 4], (builder) => builder.convTranspose("up", builder.input, 8, options));
    expect(one).toEqual([expect.stringMatching(/^conv_transpose_/)]);
  });

  test("odd channels, groups with and without vectors, a norm, an activation and a sum in one dispatch", async () => {
    for (const [channels, filters, groups] of [
      [3, 5, 1],
      [6, 12, 3],
      [6, 9, 3],
      [8, 8, 8],
    ] as const) {
      const kernels = await agrees([5, 6, channels], (builder) => {
        const other = builder.push(
          "other",
          { op: "resize", to: { factor: [2, 2] }, mode: "nearest", coordinates: "half_pixel" },
          [builder.conv("wide", builder.input, filters)],
        );
        const up = builder.norm("up", builder.convTranspose("up", builder.input, filters, { stride: 2, groups }));
        return builder.act("sum", builder.push("sum", { op: "add" }, [other, builder.act("up", up, "relu6")]), "relu");
      });
      expect(kernels.filter((name) => name.startsWith("conv_transpose_"))).toEqual([
        expect.stringMatching(/_relu6_add_relu$/),
      ]);
    }
  });

  test("is written into a concat in place", async () => {
    const kernels = await agrees([4, 5, 8], (builder) => {
      const up = builder.act("up", builder.convTranspose("up", builder.input, 8, { kernel: 2, stride: 2 }), "relu");
      const skip = builder.conv(
        "skip",
        builder.push("near", { op: "resize", to: { factor: [2, 2] }, mode: "nearest", coordinates: "half_pixel" }, [
          builder.input,
        ]),
        4,
      );
      return builder.conv("last", builder.push("joined", { op: "concat" }, [skip, up]), 3);
    });
    expect(kernels).toContainEqual(expect.stringMatching(/^conv_transpose_.*_relu_into_4of12$/));
    expect(kernels.filter((name) => name.startsWith("concat"))).toEqual([]);
  });
});

describe("norms by the sample's own numbers, scales and shifts, and prelu", () => {
  test.each(normOps)("%s", async (_name, op) => {
    const prefix = ["scale", "shift", "prelu"].includes(op.op)
      ? /^(scale|shift|prelu)/
      : /^(layer|rms|group\d|instance)_norm_/;
    const alone = await agrees([7, 5, 6], (builder) =>
      builder.act("norm", builder.push("norm", op, [builder.input]), "relu6"),
    );
    if (op.op === "response_norm") expect(alone).toEqual(["global_length_7x5x6", "response_norm_7x5x6_eps0.001_relu6"]);
    else expect(alone).toEqual([expect.stringMatching(prefix)]);
  });

  test("response norm of vectors of four, in several pieces", async () => {
    const op = { op: "response_norm", eps: 1e-6 } as const;
    for (const input of [
      [19, 17, 96],
      [2, 2, 300],
      [40, 41, 3],
    ] as const) {
      expect(await agrees(input, (builder) => builder.push("norm", op, [builder.input]))).toHaveLength(2);
    }
  });

  test("layer norm of vectors of four, and of more values than a workgroup has invocations", async () => {
    const op = { op: "sample_norm", kind: "layer", groups: 1, eps: 1e-6, scale: true, center: true } as const;
    for (const channels of [8, 96, 770]) {
      expect(await agrees([3, 5, channels], (builder) => builder.push("norm", op, [builder.input]))).toHaveLength(1);
    }
  });

  test("group norm of vectors of four, over more pixels than a workgroup has invocations", async () => {
    const op = { op: "sample_norm", kind: "group", groups: 2, eps: 1e-6, scale: true, center: true } as const;
    expect(await agrees([19, 17, 16], (builder) => builder.push("norm", op, [builder.input]))).toHaveLength(1);
  });

  test.each([6, 8, 7])("prelu, norms and scales join what computes their input, of %i channels", async (c) => {
    const prelu = { op: "prelu", init: { kind: "ones" } } as const;
    const shift = { op: "shift", amount: null, init: { kind: "zeros" } } as const;
    const kernels = await agrees([5, 4, c], (b) => {
      const stem = b.push("stem/act", prelu, [b.conv("stem", b.input, c, { kernel: 3 })]);
      const normed = b.norm("sum", b.push("sum", { op: "add" }, [b.act("dw", b.depthwise("dw", stem), "relu"), stem]));
      const pooled = b.push("pool", { op: "global_pool", mode: "avg" }, [b.push("end/act", prelu, [normed])]);
      return b.push("out", shift, [b.dense("dense", b.push("flat", { op: "flatten" }, [pooled]), c)]);
    });
    const joined = ["prelu", "add_batch_norm_prelu"].map((words): unknown =>
      expect.stringMatching(new RegExp(`_${words}$`)),
    );
    // The shift folds into the dense layer.
    expect(kernels).toEqual([...joined, expect.stringContaining("global"), expect.stringMatching(/to_\d$/)]);
  });

  test("a learned scale after a conv is free", async () => {
    const op = { op: "scale", factor: null, init: { kind: "ones" } } as const;
    const kernels = await agrees([5, 7, 8], (builder) =>
      builder.push("scale", op, [builder.conv("conv", builder.input, 12)]),
    );
    expect(kernels).toEqual(["pointwise_5x7x8_to_12"]);
  });
});

describe("depthwise", () => {
  const cases: readonly (readonly [string, readonly [number, number, number], ConvOptions])[] = [
    ["3x3", [7, 9, 8], {}],
    ["3x3, stride 2, odd", [9, 7, 4], { stride: 2 }],
    ["3x3, stride 2, even", [8, 10, 4], { stride: 2 }],
    ["3x3, stride 3, torch", [10, 10, 4], { stride: 3, padding: "torch" }],
    ["5x5", [7, 8, 12], { kernel: 5 }],
    ["5x5, stride 2", [11, 8, 4], { kernel: 5, stride: 2, padding: "torch" }],
    ["dilation 2", [9, 9, 4], { dilation: 2 }],
    ["dilation 4: nothing shared", [9, 9, 4], { dilation: 4 }],
    ["7x7 on the whole map", [7, 7, 8], { kernel: 7, padding: "valid" }],
    ["9x9: a plain loop", [9, 10, 4], { kernel: 9 }],
    ["flat kernel, uneven pads", [5, 6, 4], { kernel: [1, 4], padding: [0, 1, 2, 0] }],
    ["one column", [6, 1, 4], { kernel: 3 }],
    ["odd channels", [5, 6, 3], { kernel: 3, stride: 2 }],
    ["multiplier 2", [5, 6, 4], { kernel: 3, multiplier: 2 }],
    ["multiplier 3, odd, no bias", [5, 5, 2], { kernel: [2, 3], multiplier: 3, dilation: [2, 1], bias: false }],
  ];
  test.each(cases)("%s", async (_name, input, options) => {
    const [kernel] = await agrees(input, (builder) => builder.depthwise("depthwise", builder.input, options));
    expect(kernel).toMatch(/^depthwise_/);
  });
});

describe("activations", () => {
  const elementwise = activationNames.filter((name) => !isOverAxis(name));

  test.each(elementwise)("%s, fused into a conv, into a sum, and alone", async (fn) => {
    const kernels = await agrees([3, 5, 4], (builder) => {
      const alone = builder.act("alone", builder.input, fn, 0.2);
      const conv = builder.act("conv", builder.conv("conv", alone, 5), fn, 0.3);
      const other = builder.conv("other", alone, 5);
      // The first operand is needed twice, so the sum joins the second one's dispatch.
      const sum = builder.push("sum", { op: "add" }, [conv, other]);
      return builder.push("twice", { op: "concat" }, [builder.act("sum", sum, fn), conv]);
    });
    expect(kernels).toEqual([
      `map_60_${fn}`,
      `pointwise_3x5x4_to_5_${fn}`,
      `pointwise_3x5x4_to_5_add_${fn}`,
      "concat_3x5x5_5",
    ]);
  });

  test("log softmax of each pixel, and after a conv", async () => {
    expect(await agrees([3, 5, 7], (builder) => builder.act("a", builder.input, "log_softmax"))).toEqual([
      "log_softmax_3x5x7",
    ]);
    const kernels = await agrees([2, 3, 4], (builder) =>
      builder.act("conv", builder.conv("conv", builder.input, 70), "log_softmax"),
    );
    expect(kernels).toEqual(["pointwise_2x3x4_to_70", "log_softmax_2x3x70"]);
  });

  test("softmax of a vector, of each pixel, and after a conv", async () => {
    expect(await agrees([3, 5, 7], (builder) => builder.act("a", builder.input, "softmax"))).toEqual(["softmax_3x5x7"]);
    const kernels = await agrees([2, 3, 4], (builder) => {
      const flat = builder.push("flat", { op: "flatten" }, [builder.conv("conv", builder.input, 70)]);
      return builder.act("dense", builder.dense("dense", flat, 130), "softmax");
    });
    expect(kernels).toEqual(["pointwise_2x3x4_to_70", "matvec_420_to_130", "softmax_130"]);
  });
});

describe("sums and products", () => {
  test("residual, then an activation: one dispatch", async () => {
    const kernels = await agrees([5, 5, 8], (builder) => {
      const first = builder.act("first", builder.conv("first", builder.input, 8), "relu");
      const second = builder.act("second", builder.conv("second", first, 8, { kernel: 3 }), "relu6");
      return builder.act("sum", builder.push("sum", { op: "add" }, [second, first]), "relu");
    });
    expect(kernels).toEqual(["pointwise_5x5x8_to_8_relu", "conv_3x3_pad1_1_1_1_5x5x8_to_8_relu6_add_relu"]);
  });

  test("a residual on a depthwise, a dense and a product", async () => {
    await agrees([5, 5, 3], (builder) => {
      const mixed = builder.push("a", { op: "add" }, [builder.input, builder.depthwise("depthwise", builder.input)]);
      const flat = builder.push("flat", { op: "flatten" }, [mixed]);
      const dense = builder.push("b", { op: "add" }, [builder.dense("dense", flat, 75), flat]);
      const product = builder.push("product", { op: "mul" }, [dense, flat]);
      return builder.push("c", { op: "add" }, [product, flat]);
    });
  });

  test("a difference joins what is computed last, on either side", async () => {
    for (const turned of [false, true]) {
      const kernels = await agrees([5, 7, 6], (b) => {
        const convs = [b.conv("a", b.input, 6, { kernel: 3 }), b.conv("b", b.input, 6)];
        const [first, second] = convs.map((conv, i) => b.act("ab".charAt(i), conv, "relu")) as [NodeId, NodeId];
        const values = turned ? [second, first, b.input] : [first, second, b.input];
        return b.act("sub", b.push("sub", { op: "sub" }, values), "relu");
      });
      expect(kernels).toHaveLength(2);
      expect(kernels.at(-1)).toMatch(turned ? /_relu_sub_sub_relu$/ : /_relu_sub_from_sub_relu$/);
    }
    expect(await agrees([3, 3, 3], (b) => b.push("none", { op: "sub" }, [b.input, b.input]))).toHaveLength(1);
  });

  test("a value added to itself", async () => {
    const kernels = await agrees([2, 3, 5], (builder) => {
      const conv = builder.conv("conv", builder.input, 4);
      return builder.push("sum", { op: "add" }, [conv, conv]);
    });
    expect(kernels).toEqual(["pointwise_2x3x5_to_4", "map_24_add"]);
  });

  test.each([
    ["full", [4, 5, 8] as const],
    ["odd", [4, 5, 3] as const],
  ])("a gate scales the channels: %s", async (_name, input) => {
    const kernels = await agrees(input, (builder) => {
      const pooled = builder.push("pool", { op: "global_pool", mode: "avg" }, [builder.input]);
      const gate = builder.act("gate", builder.conv("gate", pooled, input[2]), "hsigmoid");
      const scaled = builder.push("mul", { op: "mul" }, [gate, builder.input]);
      return builder.act("mul", scaled, "relu");
    });
    expect(kernels.at(-1)).toBe(`product_4x5x${input[2]}_cf_relu`);
  });

  test("more operands than bindings", async () => {
    await agrees([3, 3, 2], (builder) => {
      const values = Array.from({ length: 17 }, (_unused, i) => builder.conv(`conv${i}`, builder.input, 2));
      const sum = builder.push("sum", { op: "add" }, values);
      const product = builder.push("product", { op: "mul" }, values.slice(0, 9));
      const joined = builder.push("joined", { op: "concat" }, [...values, sum, product]);
      return builder.conv("last", joined, 3);
    });
  });
});

describe("pools", () => {
  test.each([
    ["global average", "avg", [7, 7, 12]],
    ["global average, odd", "avg", [13, 9, 5]],
    ["global maximum", "max", [9, 11, 36]],
    ["global maximum of one pixel", "max", [1, 1, 3]],
    ["global average of two", "avg", [2, 1, 3]],
  ] as const)("%s", async (_name, mode, input) => {
    await agrees(input, (builder) => builder.push("pool", { op: "global_pool", mode }, [builder.input]));
  });

  test.each([
    ["maximum, stride 2, same", { mode: "max", kernel: [3, 3], stride: [2, 2], padding: "same" }, [9, 8, 4]],
    ["average, same: borders count less", { mode: "avg", kernel: [3, 3], stride: [1, 1], padding: "same" }, [5, 6, 3]],
    ["average, valid, stride 3", { mode: "avg", kernel: [2, 3], stride: [3, 3], padding: "valid" }, [8, 9, 8]],
    ["maximum, torch", { mode: "max", kernel: [3, 3], stride: [2, 2], padding: "torch" }, [8, 8, 5]],
    ["average, uneven pads", { mode: "avg", kernel: [3, 2], stride: [2, 1], padding: [2, 0, 1, 1] }, [6, 5, 4]],
  ] as const)("%s", async (_name, window, input) => {
    const kernels = await agrees(input, (builder) => {
      const pooled = builder.push(
        "pool",
        { op: "pool", countPadding: false, ceil: false, dilation: [1, 1], ...window },
        [builder.input],
      );
      return builder.act("pool", pooled, "tanh");
    });
    expect(kernels).toHaveLength(1);
  });
});

describe("sequences", () => {
  test.each([{ input: [3, 4, 5] }, { input: [4, 3, 8] }] as const)(
    "axes of $input in every order, reshaped without a dispatch",
    async ({ input }) => {
      const [h, w, c] = input;
      const kernels = await agrees(input, (builder) => {
        const turned = axisOrders.map((order) => {
          const made = builder.act(order, builder.push(order, { op: "permute", order }, [builder.input]), "sigmoid");
          return builder.push(`rows_${order}`, { op: "reshape", extents: [h * w, 1, c] }, [made]);
        });
        return builder.push("all", { op: "concat" }, turned);
      });
      expect(kernels.filter((name) => name.startsWith("permute"))).toHaveLength(axisOrders.length - 1);
    },
  );

  test("a dense layer of a sequence is a 1x1 conv, and takes its norm and activation in", async () => {
    const kernels = await agrees([10, 1, 8], (builder) =>
      builder.act("dense", builder.norm("dense", builder.dense("dense", builder.input, 12)), "relu"),
    );
    expect(kernels).toEqual(["pointwise_10x1x8_to_12_relu"]);
  });

  test("a vector becomes a map", async () => {
    await agrees([24], (builder) => {
      const map = builder.push("map", { op: "reshape", extents: [2, 3, 8] }, [
        builder.dense("dense", builder.input, 48),
      ]);
      return builder.conv("conv", map, 4, { kernel: 3 });
    });
  });
});

describe("moves", () => {
  test.each(shapeOps)("%s", async (_name, op) => {
    for (const channels of [4, 6]) {
      const kernels = await agrees([7, 5, channels], (builder) =>
        builder.act("op", builder.push("op", op, [builder.input]), "tanh"),
      );
      expect(kernels).toHaveLength(1);
    }
  });

  test.each([
    ["nearest", [2, 3], [3, 5, 4]],
    ["nearest", [3, 1], [2, 2, 3]],
    ["bilinear", [2, 2], [3, 5, 4]],
    ["bilinear", [3, 4], [4, 1, 5]],
  ] as const)("upsample %s by %o", async (mode, factor, input) => {
    await agrees(input, (builder) =>
      builder.push("up", { op: "resize", to: { factor }, mode, coordinates: "half_pixel" }, [builder.input]),
    );
  });

  test.each([
    [[3, 4, 12], 3],
    [[2, 2, 10], 5],
  ] as const)("shuffle of %o", async (input, groups) => {
    await agrees(input, (builder) => builder.push("shuffle", { op: "shuffle", groups }, [builder.input]));
  });

  test.each([
    [2, [3, 5, 16]],
    [2, [3, 5, 12]],
    [3, [2, 3, 9]],
  ] as const)("blocks of %i pixels to and from %o", async (block, input) => {
    const wide = [input[0] * block, input[1] * block, input[2] / block ** 2] as const;
    for (const order of ["tensorflow", "torch"] as const) {
      const there = await agrees(input, (builder) =>
        builder.act(
          "there",
          builder.push("there", { op: "depth_to_space", blockSize: block, order }, [builder.input]),
          "relu",
        ),
      );
      const back = await agrees(wide, (builder) =>
        builder.act(
          "back",
          builder.push("back", { op: "space_to_depth", blockSize: block, order }, [builder.input]),
          "relu",
        ),
      );
      expect([...there, ...back]).toHaveLength(2);
    }
  });

  test.each([
    [[3, 4, 12], 4, 8],
    [[2, 3, 7], 2, 7],
  ] as const)("slice of %o", async (input, from, to) => {
    await agrees(input, (builder) => builder.push("slice", { op: "slice", from, to }, [builder.input]));
  });

  test("concat by vectors and one by one", async () => {
    const kernels = await agrees([3, 4, 3], (builder) => {
      const parts = [4, 8, 12].map((filters) => builder.conv(`conv${filters}`, builder.input, filters));
      // A part that stands twice cannot be written in place.
      const wide = builder.push("wide", { op: "concat" }, [...parts, ...parts.slice(0, 1)]);
      return builder.push("odd", { op: "concat" }, [wide, builder.input, wide]);
    });
    expect(kernels.slice(3)).toEqual(["concat_3x4x4_8_12_4", "concat_3x4x28_3_28"]);
  });

  test("slice and concat of vectors", async () => {
    await agrees([1, 1, 6], (builder) => {
      const vector = builder.push("squeeze", { op: "squeeze" }, [builder.input]);
      const dense = builder.dense("dense", vector, 5);
      const part = builder.push("slice", { op: "slice", from: 1, to: 4 }, [vector]);
      return builder.push("concat", { op: "concat" }, [dense, part]);
    });
  });
});

test.each([
  ["vectors", [3, 5, 8] as const],
  ["odd", [3, 5, 3] as const],
])("a norm that stands before its conv: %s", async (_name, input) => {
  const kernels = await agrees(input, (builder) => {
    const norm = builder.act("pre", builder.norm("pre", builder.input), "relu");
    return builder.conv("conv", norm, 4);
  });
  expect(kernels[0]).toBe(`scale_shift_3x5x${input[2]}_relu`);
});

test("equal layers share a kernel, whatever their weights and places", async () => {
  const kernels = await agrees([6, 6, 8], (builder) => {
    let value = builder.input;
    for (let i = 0; i < 4; i++)
      value = builder.act(
        `conv${i}`,
        builder.norm(`conv${i}`, builder.conv(`conv${i}`, value, 8, { bias: false })),
        "relu6",
      );
    return value;
  });
  expect(kernels).toEqual(["pointwise_6x6x8_to_8_relu6"]);
});

test("a kernel that no binding holds is bound in parts", async () => {
  const builder = graphBuilder("parts", [2, 3, 8]);
  const flat = builder.push("flat", { op: "flatten" }, [builder.input]);
  const training = builder.shaped(builder.dense("dense", flat, 10));
  const graph = inferenceGraph(training, refuse);
  const weights = randomWeights(training, 1);
  // 48 rows of 3 vectors are 2304 bytes.
  const limits = { ...WEBGPU_CORE, name: "tiny", maxStorageBufferBindingSize: 1000, maxBufferSize: 2000 };
  const files = emitChecked(graph, weights, { limits });
  const plan = planOf(files);
  expect(plan.weights.entries.map(({ slot }) => slot)).toEqual(["kernel", "kernel1", "kernel2", "bias"]);
  expect(plan.weights.buffers.length).toBeGreaterThan(1);
  expect(await differences(node.device, graph, weights, randomImage(graph, 1), files)).toEqual([]);
});
