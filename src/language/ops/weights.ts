import type { Initializer } from "../../ir/initializer.ts";
import { defaulted } from "../argument.ts";
import * as kinds from "../kinds.ts";
import { initializers } from "../words/initializers.ts";

const initializer = kinds.callOf(initializers);

/** `bias=`, `init=` and `bias_init=` of a layer with a kernel, by what they are where nothing is said. */
export function weightArguments(usual: { bias: boolean | "auto"; init: Initializer; biasInit: Initializer }) {
  const auto =
    usual.bias === "auto"
      ? "; `auto` is false where the layer's own norm is `batch` or `instance`, which take a bias away again"
      : "";
  return {
    bias: defaulted(kinds.bias, usual.bias, `Whether a bias is added${auto}.`, { elsewhere: ["usebias"] }),
    init: defaulted(initializer, usual.init, "Initialiser of the kernel.", {
      elsewhere: ["kernelinitializer", "initializer"],
    }),
    bias_init: defaulted(initializer, usual.biasInit, "Initialiser of the bias.", { elsewhere: ["biasinitializer"] }),
  } as const;
}
