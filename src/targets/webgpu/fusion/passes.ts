import { fuseConvDepthwise } from "./fuse-conv-depthwise.ts";
import { fuseConvPool } from "./fuse-conv-pool.ts";
import { fuseDepthwiseConcat, fuseGhost } from "./fuse-depthwise-concat.ts";
import { fuseDepthwiseConv } from "./fuse-depthwise-conv.ts";
import { fuseInvertedResidual } from "./fuse-inverted-residual.ts";
import { fuseScaleConv } from "./fuse-scale-conv.ts";
import { fuseSqueezeExcite } from "./fuse-squeeze-excite.ts";
import type { FusionPass } from "./fusion-pass.ts";

/** All ways to fuse; of several that begin at one step, the cost model takes the cheapest. */
export const fusionPasses: readonly FusionPass[] = [
  fuseConvDepthwise,
  fuseDepthwiseConv,
  fuseInvertedResidual,
  fuseDepthwiseConcat,
  fuseGhost,
  fuseConvPool,
  fuseScaleConv,
  fuseSqueezeExcite,
];
