import type { Rule } from "../rule.ts";
import { activationAfterProjection } from "./activation-after-projection.ts";
import { badIgnore } from "./bad-ignore.ts";
import { biasBeforeBn } from "./bias-before-bn.ts";
import { bnOnLogits } from "./bn-on-logits.ts";
import { budgetExceeded } from "./budget-exceeded.ts";
import { channelMismatch } from "./channel-mismatch.ts";
import { channelsNotRounded } from "./channels-not-rounded.ts";
import { classCountMismatch } from "./class-count-mismatch.ts";
import { dilationWithStride } from "./dilation-with-stride.ts";
import { dwMultiplierMisuse } from "./dw-multiplier-misuse.ts";
import { expandConvAtT1 } from "./expand-conv-at-t1.ts";
import { expectationMismatch } from "./expectation-mismatch.ts";
import { groupsDivide } from "./groups-divide.ts";
import { headScaledBelowOne } from "./head-scaled-below-one.ts";
import { initOutOfRange } from "./init-out-of-range.ts";
import { inputNotStrideAligned } from "./input-not-stride-aligned.ts";
import { limitExceeded } from "./limit-exceeded.ts";
import { linearChain } from "./linear-chain.ts";
import { missingActivation } from "./missing-activation.ts";
import { outputActivationMismatch } from "./output-activation-mismatch.ts";
import { outputStrideMismatch } from "./output-stride-mismatch.ts";
import { pointwiseStride } from "./pointwise-stride.ts";
import { residualFromRounding } from "./residual-from-rounding.ts";
import { residualNotInserted } from "./residual-not-inserted.ts";
import { samePadAsymmetric } from "./same-pad-asymmetric.ts";
import { spatialCollapse } from "./spatial-collapse.ts";
import { stackedActivation } from "./stacked-activation.ts";
import { stridePatternDrift } from "./stride-pattern-drift.ts";
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
  channelsNotRounded,
  classCountMismatch,
  dilationWithStride,
  dwMultiplierMisuse,
  expandConvAtT1,
  expectationMismatch,
  groupsDivide,
  headScaledBelowOne,
  initOutOfRange,
  inputNotStrideAligned,
  limitExceeded,
  linearChain,
  missingActivation,
  outputActivationMismatch,
  outputStrideMismatch,
  pointwiseStride,
  residualFromRounding,
  residualNotInserted,
  samePadAsymmetric,
  spatialCollapse,
  stackedActivation,
  stridePatternDrift,
  unknownOption,
  unreachableStage,
  unusedIgnore,
];
