import { usualSlope, type ActivationName } from "../../ir/activation.ts";
import type { ActivationOp } from "../../ir/ops/activation.ts";
import { defaulted, type ValueOf } from "../argument.ts";
import type { AnyActivationOp, NormOp } from "../language-op.ts";
import { callOf } from "../kinds.ts";
import { activations } from "../words/activations.ts";
import { layerNorms } from "../words/norms.ts";

const layerNorm = callOf(layerNorms);
const layerActivation = callOf(activations);

/** `norm=` of a layer that can have one. */
export const norm = defaulted(
  layerNorm,
  { kind: "none" },
  "Norm after the layer: `batch`, `layer`, `rms`, `group(n)`, `instance` or `none`.",
  {
    elsewhere: ["normalization", "batchnorm", "bn"],
  },
);

/** `act=` of a layer that can have one. */
export const act = defaulted(layerActivation, { kind: "none" }, "Activation, after the norm where there is one.", {
  elsewhere: ["activation", "nonlinearity"],
});

/** The node of a layer's norm; null for `none`. */
export function normOp(norm: ValueOf<typeof layerNorm>): NormOp | null {
  switch (norm.kind) {
    case "none":
      return null;
    case "batch": {
      const { eps, momentum, scale, center } = norm;
      return { op: "batch_norm", eps, momentum, scale, center };
    }
    case "group": {
      const { kind, groups, eps, scale, center } = norm;
      return { op: "sample_norm", kind, groups, eps, scale, center };
    }
    case "rms":
      return { op: "sample_norm", kind: "rms", groups: 1, eps: norm.eps, scale: norm.scale, center: false };
    case "layer":
    case "instance": {
      const { kind, eps, scale, center } = norm;
      return { op: "sample_norm", kind, groups: 1, eps, scale, center };
    }
  }
}

/** Tells whether a norm takes away what a bias before it adds to a channel, so that `bias=auto` adds none. */
export function cancelsBias(norm: NormOp | null): boolean {
  return norm !== null && (norm.op === "batch_norm" || norm.kind === "instance");
}

/** Returns the node of a layer's activation; null for `none`. */
export function activationOp(act: ValueOf<typeof layerActivation>): AnyActivationOp | null {
  switch (act.kind) {
    case "none":
      return null;
    case "leaky_relu":
    case "elu":
      return plainActivation(act.kind, act.alpha);
    case "prelu":
      return { op: "prelu", init: { kind: "constant", value: act.init } };
    case "gelu":
      return plainActivation(act.approximate === "tanh" ? "gelu_tanh" : "gelu");
    default:
      return plainActivation(act.kind);
  }
}

function plainActivation(fn: ActivationName, alpha = usualSlope): ActivationOp {
  return { op: "activation", activation: { fn, alpha } };
}
