import type { Rule } from "../rule.ts";
import { activationAfterProjection } from "./activation-after-projection.ts";
import { biasBeforeBn } from "./bias-before-bn.ts";
import { bnOnLogits } from "./bn-on-logits.ts";
import { channelMismatch } from "./channel-mismatch.ts";
import { classCountMismatch } from "./class-count-mismatch.ts";
import { dilationWithStride } from "./dilation-with-stride.ts";
import { dwMultiplierMisuse } from "./dw-multiplier-misuse.ts";
import { expandConvAtT1 } from "./expand-conv-at-t1.ts";
import { expectationMismatch } from "./expectation-mismatch.ts";
import { groupsDivide } from "./groups-divide.ts";
import { initOutOfRange } from "./init-out-of-range.ts";
import { linearChain } from "./linear-chain.ts";
import { missingActivation } from "./missing-activation.ts";
import { outputActivationMismatch } from "./output-activation-mismatch.ts";
import { pointwiseStride } from "./pointwise-stride.ts";
import { samePadAsymmetric } from "./same-pad-asymmetric.ts";
import { spatialCollapse } from "./spatial-collapse.ts";
import { stackedActivation } from "./stacked-activation.ts";
import { unknownOption } from "./unknown-option.ts";
import { unreachableStage } from "./unreachable-stage.ts";

/** Every rule, in order of name. A new one is a file beside this and a line here. */
export const rules: readonly Rule[] = [
  activationAfterProjection,
  biasBeforeBn,
  bnOnLogits,
  channelMismatch,
  classCountMismatch,
  dilationWithStride,
  dwMultiplierMisuse,
  expandConvAtT1,
  expectationMismatch,
  groupsDivide,
  initOutOfRange,
  linearChain,
  missingActivation,
  outputActivationMismatch,
  pointwiseStride,
  samePadAsymmetric,
  spatialCollapse,
  stackedActivation,
  unknownOption,
  unreachableStage,
];
