import { describe, expect, it } from "vitest";
import { readKerasModel } from "../../src/formats/keras-model.ts";

const layer = (className: string, config: Readonly<Record<string, unknown>>, inbound?: unknown) => ({
  class_name: className,
  config,
  ...(inbound === undefined ? {} : { inbound_nodes: inbound }),
});

describe("readKerasModel", () => {
  it("keeps the whole configuration of each layer", () => {
    const conv = { name: "stem", filters: 8, kernel_size: [3, 3], strides: [2, 2], padding: "same", use_bias: false };
    const model = {
      class_name: "Sequential",
      config: { layers: [layer("Conv2D", conv), layer("ReLU", { name: "act" })] },
    };
    expect(readKerasModel(model)).toEqual([
      { name: "stem", className: "Conv2D", path: "layers/conv2d", config: conv, inputs: [] },
      { name: "act", className: "ReLU", path: "layers/re_lu", config: { name: "act" }, inputs: ["stem"] },
    ]);
  });

  it.each([
    ["Keras 2", [[["a", 0, 0, {}]]]],
    ["Keras 3", [{ args: [{ class_name: "__keras_tensor__", config: { keras_history: ["a", 0, 0] } }], kwargs: {} }]],
  ])("finds what feeds a layer as %s says it", (_what, inbound) => {
    const model = {
      class_name: "Functional",
      config: { layers: [layer("InputLayer", { name: "a" }, []), layer("Dense", { name: "b", units: 3 }, inbound)] },
    };
    expect(readKerasModel(model)?.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["a", []],
      ["b", ["a"]],
    ]);
  });

  it("does not tell what feeds a layer that is used twice", () => {
    const twice = [[["a", 0, 0, {}]], [["a", 0, 0, {}]]];
    const model = {
      config: { layers: [layer("InputLayer", { name: "a" }, []), layer("Dense", { name: "b" }, twice)] },
    };
    expect(readKerasModel(model)?.[1]?.inputs).toBeNull();
  });

  it("gives null for a model without a list of layers", () => {
    expect(readKerasModel({ class_name: "Own", config: {} })).toBeNull();
    expect(readKerasModel({ class_name: "Sequential", config: { layers: [{ config: {} }] } })).toBeNull();
  });
});
