import type { DeviceFacts } from "../cost/device-class.ts";
import { estimate, type Demand, type Estimate } from "../cost/estimate.ts";
import type { LimitProfile } from "../schedule/limits.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";

/** What a program is made for. */
export interface KernelContext {
  readonly limits: LimitProfile;
  readonly facts: DeviceFacts;
}

/** One way to compute a step, weighed before its text is written. */
export interface KernelOption extends Demand {
  /** What tells it from the other options of the step, `tile 14x14, 16 channels`; empty for the only one. */
  readonly variant: string;
  /** Weights and output; what a step reads comes to these. */
  readonly bindings: number;
  /** Of workgroup memory: invocations that share some wait for each other. */
  readonly workgroupBytes: number;
  readonly build: () => KernelProgram;
}

export interface WeighedOption {
  readonly option: KernelOption;
  readonly estimate: Estimate;
}

/** A program that is written already, as the only option. */
export function onlyOption(program: KernelProgram): KernelOption {
  const { cost, workgroups, workgroupSize, workgroupBytes, weights } = program;
  return {
    variant: "",
    bindings: weights.length + 1,
    workgroupBytes,
    cost,
    workgroups,
    workgroupSize,
    build: () => program,
  };
}

/** Cheapest first; of equally cheap ones the earlier. */
export function weighOptions(options: readonly KernelOption[], facts: DeviceFacts): readonly WeighedOption[] {
  return options
    .map((option) => ({ option, estimate: estimate(option, facts) }))
    .toSorted((a, b) => a.estimate.seconds - b.estimate.seconds);
}
