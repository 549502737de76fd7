import type { Rule } from "../rule.ts";
import { activationAfterProjection } from "./activation-after-projection.ts";
import { badIgnore } from "./bad-ignore.ts";
import { biasBeforeBn } from "./bias-before-bn.ts";
import { bnOnLogits } from "./bn-on-logits.ts";
import { bnParamsMismatch } from "./bn-params-mismatch.ts";
import { budgetExceeded } from "./budget-exceeded.ts";
import { channelMismatch } from "./channel-mismatch.ts";
import { channelsAligned } from "./channels-aligned.ts";
import { channelsNotRounded } from "./channels-not-rounded.ts";
import { checkerboardKernel } from "./checkerboard-kernel.ts";
import { classCountMismatch } from "./class-count-mismatch.ts";
import { dilationOn1x1 } from "./dilation-on-1x1.ts";
import { dilationWithStride } from "./dilation-with-stride.ts";
import { dropoutPlacement } from "./dropout-placement.ts";
import { dwMultiplierMisuse } from "./dw-multiplier-misuse.ts";
import { earlyMemoryPeak } from "./early-memory-peak.ts";
import { evenKernel } from "./even-kernel.ts";
import { expandConvAtT1 } from "./expand-conv-at-t1.ts";
import { expectationMismatch } from "./expectation-mismatch.ts";
import { fragmentedBlock } from "./fragmented-block.ts";
import { groupsDivide } from "./groups-divide.ts";
import { headScaledBelowOne } from "./head-scaled-below-one.ts";
import { initOutOfRange } from "./init-out-of-range.ts";
import { inputNotStrideAligned } from "./input-not-stride-aligned.ts";
import { limitExceeded } from "./limit-exceeded.ts";
import { linearChain } from "./linear-chain.ts";
import { missingActivation } from "./missing-activation.ts";
import { opUnsupportedOnTarget } from "./op-unsupported-on-target.ts";
import { outputActivationMismatch } from "./output-activation-mismatch.ts";
import { outputStrideMismatch } from "./output-stride-mismatch.ts";
import { pointwiseStride } from "./pointwise-stride.ts";
import { receptiveField } from "./receptive-field.ts";
import { redundantDepthwise1x1 } from "./redundant-depthwise-1x1.ts";
import { residualFromRounding } from "./residual-from-rounding.ts";
import { residualNotInserted } from "./residual-not-inserted.ts";
import { samePadAsymmetric } from "./same-pad-asymmetric.ts";
import { spatialCollapse } from "./spatial-collapse.ts";
import { stackedActivation } from "./stacked-activation.ts";
import { stridePatternDrift } from "./stride-pattern-drift.ts";
import { tooManyGroups } from "./too-many-groups.ts";
import { unequalPointwise } from "./unequal-pointwise.ts";
import { unknownFamily } from "./unknown-family.ts";
import { unknownOption } from "./unknown-option.ts";
import { unreachableStage } from "./unreachable-stage.ts";
import { unusedIgnore } from "./unused-ignore.ts";
import { unusedName } from "./unused-name.ts";
import { webgpuSlowPath } from "./webgpu-slow-path.ts";
import { widthShape } from "./width-shape.ts";

/** All rules, in order of name. A new rule is a file in this folder and a line here. */
export const rules: readonly Rule[] = [
  activationAfterProjection,
  badIgnore,
  biasBeforeBn,
  bnOnLogits,
  bnParamsMismatch,
  budgetExceeded,
  channelMismatch,
  channelsAligned,
  channelsNotRounded,
  checkerboardKernel,
  classCountMismatch,
  dilationOn1x1,
  dilationWithStride,
  dropoutPlacement,
  dwMultiplierMisuse,
  earlyMemoryPeak,
  evenKernel,
  expandConvAtT1,
  expectationMismatch,
  fragmentedBlock,
  groupsDivide,
  headScaledBelowOne,
  initOutOfRange,
  inputNotStrideAligned,
  limitExceeded,
  linearChain,
  missingActivation,
  opUnsupportedOnTarget,
  outputActivationMismatch,
  outputStrideMismatch,
  pointwiseStride,
  receptiveField,
  redundantDepthwise1x1,
  residualFromRounding,
  residualNotInserted,
  samePadAsymmetric,
  spatialCollapse,
  stackedActivation,
  stridePatternDrift,
  tooManyGroups,
  unequalPointwise,
  unknownFamily,
  unknownOption,
  unreachableStage,
  unusedIgnore,
  unusedName,
  webgpuSlowPath,
  widthShape,
];
