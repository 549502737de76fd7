import { optional, required } from "../argument.ts";
import { boolean, callOf, positive, share } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts, type OwnNormOp } from "../language-op.ts";
import { norms } from "../words/norms.ts";
import { normOp } from "./layer-tail.ts";

/** Says that a norm does not have an attribute. */
function only(words: readonly (keyof typeof norms)[], key: string) {
  return {
    argument: "kind",
    words,
    message: `This norm has no "${key}".`,
    hint: `Leave the ${key} out; ${words.join(", ")} ${words.length === 1 ? "has" : "have"} it.`,
  };
}

export const norm = languageOp({
  doc: "A norm as a statement of its own; a conv before `norm batch` says bias=false.",
  usage: "norm batch",
  elsewhere: [
    { names: ["batchnorm", "batchnormalization", "batchnorm2d", "bn"], written: "norm batch" },
    { names: ["layernorm", "layernormalization", "layernorm2d", "ln"], written: "norm layer" },
    { names: ["rmsnorm", "rmsnormalization"], written: "norm rms" },
    { names: ["groupnorm", "groupnormalization", "gn"], written: "norm group(32)" },
    { names: ["grn", "globalresponsenorm"], written: "norm response" },
    { names: ["instancenorm", "instancenormalization", "instancenorm2d"], written: "norm instance" },
  ],
  positional: { kind: required(callOf(norms), "`batch`, `layer`, `rms`, `group(n)`, `instance` or `response`.") },
  attributes: {
    eps: optional(positive, "Added to the variance; 1e-3 for `batch`, 1e-6 for `response`, 1e-5 for the others.", {
      elsewhere: ["epsilon"],
    }),
    momentum: optional(share, "Share of the old average that `batch` keeps; 0.99 where nothing is said.", {
      needs: only(["batch"], "momentum"),
    }),
    scale: optional(boolean, "Whether it has a gamma; true where nothing is said.", {
      needs: only(["batch", "layer", "rms", "group", "instance"], "scale"),
    }),
    center: optional(boolean, "Whether it has a beta; true where nothing is said.", {
      needs: only(["batch", "layer", "group", "instance"], "center"),
    }),
  },
  make: ({ kind, ...attributes }): LayerParts<OwnNormOp> => {
    const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
    const own: OwnNormOp | null = kind.kind === "response" ? { op: "response_norm", eps: kind.eps } : normOp(kind);
    if (own === null) throw new Error("internal: a norm statement without a norm");
    return plainLayer({ ...own, ...given });
  },
});
