import type { Rule } from "../rule.ts";
import { activationAfterProjection } from "./activation-after-projection.ts";
import { badIgnore } from "./bad-ignore.ts";
import { biasBeforeBn } from "./bias-before-bn.ts";
import { bnOnLogits } from "./bn-on-logits.ts";
import { budgetExceeded } from "./budget-exceeded.ts";
import { channelMismatch } from "./channel-mismatch.ts";
import { classCountMismatch } from "./class-count-mismatch.ts";
import { dilationWithStride } from "./dilation-with-stride.ts";
import { dwMultiplierMisuse } from "./dw-multiplier-misuse.ts";
import { expandConvAtT1 } from "./expand-conv-at-t1.ts";
import { expectationMismatch } from "./expectation-mismatch.ts";
import { groupsDivide } from "./groups-divide.ts";
import { initOutOfRange } from "./init-out-of-range.ts";
import { limitExceeded } from "./limit-exceeded.ts";
import { linearChain } from "./linear-chain.ts";
import { missingActivation } from "./missing-activation.ts";
import { outputActivationMismatch } from "./output-activation-mismatch.ts";
import { pointwiseStride } from "./pointwise-stride.ts";
import { samePadAsymmetric } from "./same-pad-asymmetric.ts";
import { spatialCollapse } from "./spatial-collapse.ts";
import { stackedActivation } from "./stacked-activation.ts";
import { unknownOption } from "./unknown-option.ts";
import { unreachableStage } from "./unreachable-stage.ts";
import { unusedIgnore } from "./unused-ignore.ts";

/** Every rule, in order of name. A new one is a file beside this and a line here. */
export const rules: readonly Rule[] = [
  activationAfterProjection,
  badIgnore,
  biasBeforeBn,
  bnOnLogits,
  budgetExceeded,
  channelMismatch,
  classCountMismatch,
  dilationWithStride,
  dwMultiplierMisuse,
  expandConvAtT1,
  expectationMismatch,
  groupsDivide,
  initOutOfRange,
  limitExceeded,
  linearChain,
  missingActivation,
  outputActivationMismatch,
  pointwiseStride,
  samePadAsymmetric,
  spatialCollapse,
  stackedActivation,
  unknownOption,
  unreachableStage,
  unusedIgnore,
];
