import { usualSlope, type ActivationName } from "../../ir/activation.ts";
import type { ActivationOp } from "../../ir/ops/activation.ts";
import type { BatchNormOp } from "../../ir/ops/batch-norm.ts";
import { defaulted, type ValueOf } from "../argument.ts";
import { callOf } from "../kinds.ts";
import { activations } from "../words/activations.ts";
import { layerNorms } from "../words/norms.ts";

const layerNorm = callOf(layerNorms);
const layerActivation = callOf(activations);

/** `norm=` of a layer that can have one. */
export const norm = defaulted(layerNorm, { kind: "none" }, "Norm after the layer, `batch` or `none`.", {
  elsewhere: ["normalization", "batchnorm", "bn"],
});

/** `act=` of a layer that can have one. */
export const act = defaulted(layerActivation, { kind: "none" }, "Activation, after the norm where there is one.", {
  elsewhere: ["activation", "nonlinearity"],
});

/** The node of a layer's norm; null for `none`. */
export function normOp(norm: ValueOf<typeof layerNorm>): BatchNormOp | null {
  switch (norm.kind) {
    case "none":
      return null;
    case "batch": {
      const { eps, momentum, scale, center } = norm;
      return { op: "batch_norm", eps, momentum, scale, center };
    }
  }
}

/** Returns the node of a layer's activation; null for `none`. */
export function activationOp(act: ValueOf<typeof layerActivation>): ActivationOp | null {
  switch (act.kind) {
    case "none":
      return null;
    case "leaky_relu":
    case "elu":
      return plainActivation(act.kind, act.alpha);
    case "gelu":
      return plainActivation(act.approximate === "tanh" ? "gelu_tanh" : "gelu");
    default:
      return plainActivation(act.kind);
  }
}

function plainActivation(fn: ActivationName, alpha = usualSlope): ActivationOp {
  return { op: "activation", activation: { fn, alpha } };
}
