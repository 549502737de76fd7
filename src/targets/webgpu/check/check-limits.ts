import { error, type Diagnostic } from "../../../diagnostics/diagnostic.ts";
import type { LimitProfile } from "../schedule/limits.ts";
import { readsOf, valueBytes, type Schedule, type Step, type ValueId } from "../schedule/schedule.ts";
import { bindingBytes } from "../wgsl/binding.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";

/** What a step asks of a device. */
interface Demand {
  readonly code: string;
  readonly what: string;
  readonly needs: number;
  readonly limit: number;
  readonly hint: string;
}

const smallerMap = "Make the map smaller: a smaller input, fewer channels, or an earlier stride.";

/** `fresh` are the values that no earlier step touches, so that a value that is too large is reported once, where it is made. */
function demandsOf(
  step: Step,
  program: KernelProgram,
  { values }: Schedule,
  fresh: readonly ValueId[],
  limits: LimitProfile,
): readonly Demand[] {
  const activationBytes = fresh.flatMap((value) => values[value] ?? []).map(valueBytes);
  const weightBytes = program.weights.map(bindingBytes);
  const [x, y, z] = program.workgroupSize;
  return [
    {
      code: "webgpu/binding-size",
      what: "bytes of activations in one binding",
      needs: Math.max(0, ...activationBytes),
      limit: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize),
      hint: smallerMap,
    },
    {
      code: "webgpu/binding-size",
      what: "bytes of weights in one binding",
      needs: Math.max(0, ...weightBytes),
      limit: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize),
      hint: "Use fewer filters, more groups or a smaller kernel.",
    },
    {
      code: "webgpu/bindings",
      what: "storage buffers in one dispatch",
      needs: readsOf(step).length + 1 + weightBytes.length,
      limit: limits.maxStorageBuffersPerShaderStage,
      hint: "Use fewer units, so that the weights fit into fewer bindings.",
    },
    {
      code: "webgpu/workgroups",
      what: "workgroups in one dimension",
      needs: Math.max(...program.workgroups),
      limit: limits.maxComputeWorkgroupsPerDimension,
      hint: smallerMap,
    },
    {
      code: "webgpu/invocations",
      what: "invocations in a workgroup",
      needs: x * y * z,
      limit: limits.maxComputeInvocationsPerWorkgroup,
      hint: "Choose a limit profile with larger workgroups.",
    },
    {
      code: "webgpu/workgroup-memory",
      what: "bytes of workgroup memory",
      needs: program.workgroupBytes,
      limit: limits.maxComputeWorkgroupStorageSize,
      hint: "Choose a limit profile with more workgroup memory.",
    },
  ];
}

/** A limit of a profile that a step exceeds. */
export interface LimitExcess {
  readonly step: Step;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Returns what a device of this profile would refuse, once for each layer and limit. */
export function limitExcesses(
  schedule: Schedule,
  programs: readonly KernelProgram[],
  limits: LimitProfile,
): readonly LimitExcess[] {
  const touched = new Set<ValueId>();
  return schedule.steps.flatMap((step, index) => {
    const program = programs[index];
    if (program === undefined) return [];
    const memoryOf = (value: ValueId) => schedule.values[value]?.within?.value ?? value;
    const fresh = [...new Set([...readsOf(step), step.output].map(memoryOf))].filter((value) => !touched.has(value));
    for (const value of fresh) touched.add(value);
    return demandsOf(step, program, schedule, fresh, limits)
      .filter(({ needs, limit }) => needs > limit)
      .map(({ code, what, needs, limit, hint }) => ({
        step,
        code,
        message: `"${step.covers[0]?.path ?? ""}" needs ${needs} ${what}, and ${limits.name} grants ${limit}.`,
        hint,
      }));
  });
}

/** Returns the same as errors, each on the layer that exceeds a limit. */
export function checkLimits(
  schedule: Schedule,
  programs: readonly KernelProgram[],
  limits: LimitProfile,
): readonly Diagnostic[] {
  return limitExcesses(schedule, programs, limits).map(({ step, code, message, hint }) =>
    error(code, step.span, message, { hint }),
  );
}
