import { epilogueWeights } from "../schedule/schedule.ts";
import { formatShape } from "../../../ir/shape.ts";
import { inputBinding, load } from "../wgsl/binding.ts";
import { chunkProgram, depthwiseName } from "./chunk-program.ts";
import type { KernelContext, KernelOption } from "./kernel-option.ts";
import { chunkCost, chunkCuts, chunkSizes, type Projection } from "./chunk-cuts.ts";

/**
 * A depthwise and the 1x1 conv after it: a separable conv, or the end of an inverted residual. The map between them is never in
 * memory. A workgroup owns all output channels of a tile; its invocations compute the depthwise of a chunk of channels into
 * workgroup memory, and each adds the chunk's share to the sums of 4 output channels of a few pixels. Each workgroup reads the
 * pixels that its windows cover and all weights, and writes its tile.
 */
export function depthwiseProjectOptions(fused: Projection, context: KernelContext): readonly KernelOption[] {
  return chunkCuts(fused, context, false).map((cut) => {
    const sizes = chunkSizes(fused, cut);
    const { depthwise, map, rows, columns, chunk, pixels, region, width, lines } = sizes;
    const numbers = map.h * map.w * map.c;
    const cost = chunkCost(sizes, { numbers, footprint: region * map.c });
    return {
      variant: `tile ${rows.tile}x${columns.tile}, ${chunk * 4} hidden channels, ${pixels} pixels`,
      bindings: 3 + epilogueWeights(fused.stages),
      workgroupBytes: cut.bytes,
      workgroups: [columns.tiles, rows.tiles, 1] as const,
      workgroupSize: [width, lines, 1] as const,
      cost,
      build: (layout) => {
        const source = inputBinding("input", 4, numbers, layout.inputs[0]);
        const input = {
          source,
          name: [depthwiseName(fused), formatShape(depthwise.input)],
          comment: [],
          first: "",
          weights: [],
          constants: [],
          memory: [],
          functions: [],
          start: [],
          fill: [],
          value: load(source, "u32(y * MAP_W + x) * HIDDEN + source"),
        };
        return chunkProgram(sizes, input, cost, layout);
      },
    };
  });
}
