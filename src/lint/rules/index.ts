import type { Rule } from "../rule.ts";
import { activationAfterProjection } from "./activation-after-projection.ts";
import { biasBeforeBn } from "./bias-before-bn.ts";
import { bnOnLogits } from "./bn-on-logits.ts";
import { dwMultiplierMisuse } from "./dw-multiplier-misuse.ts";
import { expandConvAtT1 } from "./expand-conv-at-t1.ts";
import { initOutOfRange } from "./init-out-of-range.ts";
import { linearChain } from "./linear-chain.ts";
import { missingActivation } from "./missing-activation.ts";
import { samePadAsymmetric } from "./same-pad-asymmetric.ts";
import { unknownOption } from "./unknown-option.ts";

/** Every rule, in order of name. A new one is a file beside this and a line here. */
export const rules: readonly Rule[] = [
  activationAfterProjection,
  biasBeforeBn,
  bnOnLogits,
  dwMultiplierMisuse,
  expandConvAtT1,
  initOutOfRange,
  linearChain,
  missingActivation,
  samePadAsymmetric,
  unknownOption,
];
