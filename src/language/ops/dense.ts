import { denseUsual, type DenseOp } from "../../ir/ops/dense.ts";
import { required } from "../argument.ts";
import { channelCount } from "../kinds.ts";
import { languageOp, type LayerParts } from "../language-op.ts";
import { act, activationOp } from "./layer-tail.ts";
import { weightArguments } from "./weights.ts";

const { bias, init, bias_init } = weightArguments(denseUsual);

export const dense = languageOp({
  doc: "Matrix product with a vector: `flatten` first. Kernel IO.",
  usage: "dense 1000",
  elsewhere: [{ names: ["linear", "fc", "fullyconnected"], written: "dense 1000" }],
  positional: { units: required(channelCount, "Length of the output.") },
  attributes: { bias, act, init, bias_init },
  make: (values): LayerParts<DenseOp> => ({
    own: {
      op: "dense",
      units: values.units,
      // A dense layer has no norm of its own, so `auto` is true.
      bias: values.bias !== false,
      init: values.init,
      biasInit: values.bias_init,
      folded: [],
      activation: null,
    },
    norm: null,
    act: activationOp(values.act),
  }),
});
