import { fuseConvPool } from "./fuse-conv-pool.ts";
import { fuseDepthwiseConcat, fuseGhost } from "./fuse-depthwise-concat.ts";
import { fuseDepthwiseProject } from "./fuse-depthwise-project.ts";
import { fuseConvDepthwise, fuseExpandDepthwise } from "./fuse-expand-depthwise.ts";
import { fuseConvDepthwiseProject, fuseInvertedResidual } from "./fuse-inverted-residual.ts";
import { fuseScaleConv } from "./fuse-scale-conv.ts";
import { fuseSqueezeExcite } from "./fuse-squeeze-excite.ts";
import type { FusionPass } from "./fusion-pass.ts";

/** All ways to fuse. Of several that begin at one step the cost model takes the cheapest. */
export const fusionPasses: readonly FusionPass[] = [
  fuseExpandDepthwise,
  fuseConvDepthwise,
  fuseDepthwiseProject,
  fuseInvertedResidual,
  fuseConvDepthwiseProject,
  fuseDepthwiseConcat,
  fuseGhost,
  fuseConvPool,
  fuseScaleConv,
  fuseSqueezeExcite,
];
