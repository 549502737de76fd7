import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../../src/gpu/node-device.ts";
import type { NodeId } from "../../../../src/ir/graph.ts";
import { inferenceGraph } from "../../../../src/passes/pipeline.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { graphBuilder, type ConvOptions } from "../../../support/graph-builder.ts";
import { differences, emitChecked, planOf, randomImage } from "../../../support/gpu-run.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

type Builder = ReturnType<typeof graphBuilder>;

/** Fuses all that can be fused, runs it against the interpreter, and gives the stems of the kernels. */
async function agrees(
  input: readonly [number, number, number],
  build: (builder: Builder) => NodeId,
): Promise<readonly string[]> {
  const builder = graphBuilder("fused", input);
  const training = builder.shaped(build(builder));
  const graph = inferenceGraph(training, refuse);
  const weights = randomWeights(training, 7);
  const files = emitChecked(graph, weights, { fusion: "always" });
  expect(await differences(node.device, graph, weights, randomImage(graph, 3), files)).toEqual([]);
  return planOf(files).kernels.map(({ file }) => file.slice("kernels/".length, file.indexOf(".wgsl")));
}

/** What the name of a kernel says of its first conv. */
const firstWord = (
  input: readonly [number, number, number],
  filters: number,
  { kernel = 1 }: ConvOptions,
  expands: string,
) => (kernel === 1 && filters > input[2] ? expands : `conv_${String(kernel)}x${String(kernel)}`);

describe("conv and depthwise", () => {
  const cases: readonly (readonly [string, readonly [number, number, number], number, ConvOptions, ConvOptions])[] = [
    ["expansion, one tile", [7, 7, 8], 24, {}, {}],
    ["expansion, several tiles", [30, 33, 4], 16, {}, {}],
    ["stride 2, odd map", [29, 31, 8], 12, {}, { stride: 2 }],
    ["stride 2, torch", [16, 16, 4], 8, {}, { stride: 2, padding: "torch" }],
    ["5x5", [19, 40, 4], 8, {}, { kernel: 5 }],
    [
      "dilation 2, flat kernel, uneven pads",
      [17, 35, 4],
      8,
      {},
      { kernel: [1, 3], dilation: 2, padding: [0, 1, 2, 0] },
    ],
    ["odd channels in and out", [9, 9, 3], 7, {}, { bias: false }],
    ["no bias", [9, 9, 5], 6, { bias: false }, { stride: 2 }],
    ["stem", [33, 31, 3], 16, { kernel: 3, stride: 2 }, {}],
    ["stem, dilated, four channels", [24, 20, 4], 8, { kernel: 3, dilation: 2 }, { stride: 2 }],
    ["one pixel", [1, 1, 4], 4, {}, {}],
  ];
  test.each(cases)("%s", async (_name, input, filters, conv, depthwise) => {
    const kernels = await agrees(input, (b) => {
      const wide = b.act("wide", b.conv("wide", b.input, filters, conv), "relu6");
      return b.act("deep", b.depthwise("deep", wide, depthwise), "hswish");
    });
    expect(kernels).toHaveLength(1);
    const first = firstWord(input, filters, conv, "expand");
    expect(kernels[0]).toMatch(new RegExp(`^${first}_.*_relu6_depthwise_.*_hswish_tile`));
  });

  test("what else reads the map between keeps them apart", async () => {
    const kernels = await agrees([6, 6, 4], (b) => {
      const wide = b.conv("wide", b.input, 4);
      return b.push("sum", { op: "add" }, [b.act("deep", b.depthwise("deep", wide), "relu"), wide]);
    });
    expect(kernels).toHaveLength(2);
  });

  test("a residual after the depthwise is added on the way", async () => {
    const kernels = await agrees([6, 6, 4], (b) => {
      const deep = b.depthwise("deep", b.act("wide", b.conv("wide", b.input, 4), "tanh"));
      return b.push("sum", { op: "add" }, [deep, b.input]);
    });
    expect(kernels).toHaveLength(1);
  });
});

describe("ghost modules", () => {
  const module = (b: Builder, primary: NodeId, options: ConvOptions = {}) => {
    const cheap = b.act("cheap", b.depthwise("cheap", primary, options), "hswish");
    return b.push("both", { op: "concat" }, [primary, cheap]);
  };
  const cases: readonly (readonly [string, readonly [number, number, number], number, ConvOptions, ConvOptions])[] = [
    ["one tile", [7, 7, 8], 24, {}, {}],
    ["several tiles", [30, 33, 4], 16, {}, {}],
    ["5x5, no bias", [19, 21, 3], 8, { bias: false }, { kernel: 5, bias: false }],
    ["behind a strided 3x3 conv", [21, 23, 4], 12, { kernel: 3, stride: 2 }, {}],
    ["flat and dilated, uneven pads", [9, 17, 4], 8, {}, { kernel: [1, 3], dilation: 2, padding: [0, 0, 4, 0] }],
    ["one pixel", [1, 1, 4], 4, {}, {}],
  ];
  test.each(cases)("whole: %s", async (_name, input, filters, conv, depthwise) => {
    const kernels = await agrees(input, (b) =>
      module(b, b.act("primary", b.conv("primary", b.input, filters, conv), "relu6"), depthwise),
    );
    expect(kernels).toHaveLength(1);
    const first = firstWord(input, filters, conv, "expand");
    expect(kernels[0]).toMatch(new RegExp(`^${first}_.*_relu6_depthwise_.*_hswish_beside_tile`));
  });

  test.each([8, 5])("its end, of %i channels", async (channels) => {
    const kernels = await agrees([6, 9, channels], (b) => module(b, b.act("in", b.input, "tanh")));
    expect(kernels).toHaveLength(2);
    expect(kernels[1]).toMatch(/^depthwise_.*_hswish_beside$/);
  });

  test("as a part of a wider concat, written in place", async () => {
    const kernels = await agrees([6, 9, 4], (b) => {
      const whole = module(b, b.act("primary", b.conv("primary", b.input, 8), "relu6"));
      return b.push("all", { op: "concat" }, [b.conv("other", b.input, 4), whole]);
    });
    expect(kernels).toHaveLength(2);
    expect(kernels.join()).toMatch(/_beside_tile\w+_into_4of20/);
  });

  test("a depthwise that makes the map smaller stands apart", async () => {
    const kernels = await agrees([6, 6, 4], (b) => {
      const deep = b.depthwise("deep", b.input, { stride: 2 });
      return b.push("both", { op: "concat" }, [
        b.push(
          "pool",
          {
            op: "pool",
            countPadding: false,
            ceil: false,
            mode: "max",
            kernel: [2, 2],
            stride: [2, 2],
            dilation: [1, 1],
            padding: "same",
          },
          [b.input],
        ),
        deep,
      ]);
    });
    expect(kernels.join()).not.toMatch(/beside/);
  });
});

describe("conv and global pool", () => {
  const cases: readonly (readonly [string, readonly [number, number, number], number, ConvOptions, "avg" | "max"])[] = [
    ["average", [7, 7, 8], 24, {}, "avg"],
    ["maximum", [7, 7, 8], 20, {}, "max"],
    ["many pixels", [33, 19, 4], 8, {}, "avg"],
    ["maximum of many pixels", [33, 19, 4], 4, {}, "max"],
    ["odd channels, no bias", [5, 6, 3], 7, { bias: false }, "max"],
    ["3x3, stride 2", [9, 11, 4], 6, { kernel: 3, stride: 2 }, "avg"],
  ];
  test.each(cases)("%s", async (_name, input, filters, conv, mode) => {
    const kernels = await agrees(input, (b) => {
      const last = b.act("last", b.conv("last", b.input, filters, conv), "leaky_relu", 0.3);
      return b.act("pool", b.push("pool", { op: "global_pool", mode }, [last]), "tanh");
    });
    expect(kernels).toHaveLength(1);
    expect(kernels[0]).toMatch(/_leaky_relu_global_(avg|max)_tanh_tile/);
  });
});

describe("squeeze and excite, and the conv that its gate scales", () => {
  const cases: readonly (readonly [
    string,
    readonly [number, number, number],
    number,
    "avg" | "max",
    "conv" | "dense",
  ])[] = [
    ["average", [5, 7, 8], 4, "avg", "conv"],
    ["maximum, odd channels", [6, 3, 7], 3, "max", "conv"],
    ["more vectors than stand side by side", [3, 3, 140], 132, "avg", "conv"],
    ["dense layers", [4, 4, 12], 5, "avg", "dense"],
    ["one row of pixels", [1, 2, 6], 2, "max", "conv"],
  ];
  test.each(cases)("%s", async (_name, input, reduced, mode, kind) => {
    const kernels = await agrees(input, (b) => {
      const map = b.act("map", b.input, "tanh");
      const pooled = b.push("pool", { op: "global_pool", mode }, [map]);
      const flat = kind === "dense" ? b.push("flat", { op: "flatten" }, [pooled]) : pooled;
      const layer = (path: string, from: NodeId, width: number) =>
        kind === "dense" ? b.dense(path, from, width) : b.conv(path, from, width);
      const small = b.act("small", layer("small", flat, reduced), "relu");
      const gate = b.act("gate", layer("gate", small, input[2]), "hsigmoid");
      if (kind === "dense") return gate;
      const scaled = b.push("scaled", { op: "mul" }, [gate, map]);
      return b.act("project", b.conv("project", scaled, 6), "relu6");
    });
    expect(kernels[1]).toMatch(/^squeeze_excite_/);
    if (kind === "conv") expect(kernels[2]).toMatch(/^scaled_pointwise_/);
    expect(kernels).toHaveLength(kind === "conv" ? 3 : 2);
  });
});

describe("depthwise and conv, and the conv before them", () => {
  const cases: readonly (readonly [
    string,
    readonly [number, number, number],
    number,
    ConvOptions,
    number,
    ConvOptions,
  ])[] = [
    ["one tile", [7, 7, 4], 24, {}, 8, {}],
    ["several tiles, more chunks than one", [17, 19, 8], 40, {}, 12, {}],
    ["stride 2, odd channels out", [15, 13, 4], 12, {}, 7, { stride: 2 }],
    ["5x5, torch", [20, 11, 3], 8, {}, 4, { kernel: 5, stride: 2, padding: "torch" }],
    ["dilated, no bias", [9, 10, 4], 16, { bias: false }, 5, { dilation: 2, bias: false }],
    ["a stem", [21, 23, 3], 16, { kernel: 3, stride: 2 }, 8, {}],
  ];
  const body = (b: Builder, from: NodeId, filters: number, options: ConvOptions) => {
    const deep = b.act("deep", b.depthwise("deep", from, options), "hswish");
    return b.act("project", b.conv("project", deep, filters), "relu");
  };

  test.each(cases)("%s", async (_name, input, hidden, conv, filters, depthwise) => {
    const whole = await agrees(input, (b) => {
      const wide = b.act("wide", b.conv("wide", b.input, hidden, conv), "relu6");
      return body(b, wide, filters, depthwise);
    });
    expect(whole).toHaveLength(1);
    const first = firstWord(input, hidden, conv, "inverted_residual");
    expect(whole[0]).toMatch(new RegExp(`^${first}_.*_relu6_depthwise_.*_hswish_project_to_\\d+_relu_tile`));
    const pair = await agrees([input[0], input[1], hidden], (b) =>
      body(b, b.act("in", b.input, "tanh"), filters, depthwise),
    );
    expect(pair).toHaveLength(2);
    expect(pair[1]).toMatch(/^depthwise_.*_hswish_project_to_/);
  });

  test("a residual block is one dispatch", async () => {
    const kernels = await agrees([14, 15, 8], (b) => {
      const wide = b.act("wide", b.conv("wide", b.input, 16), "relu6");
      return b.push("sum", { op: "add" }, [body(b, wide, 8, {}), b.input]);
    });
    expect(kernels).toHaveLength(1);
  });
});
