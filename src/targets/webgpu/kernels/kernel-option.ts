import type { DeviceFacts } from "../cost/device-class.ts";
import { estimate, type Demand, type Estimate } from "../cost/estimate.ts";
import type { LimitProfile } from "../schedule/limits.ts";
import { PLAIN_LAYOUT, type StepLayout } from "../schedule/step-layout.ts";
import type { ImageTexture } from "../wgsl/image-pixel.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";

/** What a program is made for. */
export interface KernelContext {
  readonly limits: LimitProfile;
  readonly facts: DeviceFacts;
}

/** One way to compute a step, weighed before its text is written. Its cost counts all values and weights in float32. */
export interface KernelOption extends Demand {
  /** What tells it from the other options of the step, `tile 14x14, 16 channels`; empty for the only one. */
  readonly variant: string;
  /** Weights and output; the values that a step reads are bound as well. */
  readonly bindings: number;
  /** Bytes of workgroup memory. Invocations that share some wait for each other. */
  readonly workgroupBytes: number;
  /** Writes the program for values and weights that lie so. */
  readonly build: (layout: StepLayout) => KernelProgram;
  /** Writes the program that reads an image instead of its first input. Left out where a kernel cannot. */
  readonly buildOverImage?: (layout: StepLayout, image: ImageTexture) => KernelProgram;
}

export interface WeighedOption {
  readonly option: KernelOption;
  readonly estimate: Estimate;
}

/** Makes an option of a kernel that has one program for each layout. */
export function onlyOption(build: (layout: StepLayout) => KernelProgram, variant = ""): KernelOption {
  const { cost, workgroups, workgroupSize, workgroupBytes, weights } = build(PLAIN_LAYOUT);
  return { variant, bindings: weights.length + 1, workgroupBytes, cost, workgroups, workgroupSize, build };
}

/** Weighs options for a device, cheapest first; of equally cheap ones the earlier comes first. */
export function weighOptions(options: readonly KernelOption[], facts: DeviceFacts): readonly WeighedOption[] {
  return options
    .map((option) => ({ option, estimate: estimate(option, facts) }))
    .toSorted((a, b) => a.estimate.seconds - b.estimate.seconds);
}
