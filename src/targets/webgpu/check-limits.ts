import { error, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { elementsOf } from "../../ir/shape.ts";
import type { LimitProfile } from "./limits.ts";
import { readsOf, type Schedule, type Step } from "./schedule.ts";
import type { KernelProgram } from "./wgsl/kernel-program.ts";

/** What a step asks of a device. */
interface Demand {
  readonly code: string;
  readonly what: string;
  readonly needs: number;
  readonly limit: number;
  readonly hint: string;
}

const smallerMap = "Make the map smaller: a smaller input, fewer channels, or an earlier stride.";

function demandsOf(step: Step, program: KernelProgram, { values }: Schedule, limits: LimitProfile): readonly Demand[] {
  const valueBytes = [...readsOf(step), step.output].map((value) => 4 * elementsOf(values[value]?.shape ?? []));
  const weightBytes = program.weights.map(({ elements }) => 4 * elements);
  const [x, y, z] = program.workgroupSize;
  return [
    {
      code: "webgpu/binding-size",
      what: "bytes of activations in one binding",
      needs: Math.max(...valueBytes),
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
      needs: valueBytes.length + weightBytes.length,
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

/** What a device of this profile would refuse, on the layer that asks for it; for each code and layer once. */
export function checkLimits(
  schedule: Schedule,
  programs: readonly KernelProgram[],
  limits: LimitProfile,
): readonly Diagnostic[] {
  return schedule.steps.flatMap((step, index) => {
    const program = programs[index];
    if (program === undefined) return [];
    return demandsOf(step, program, schedule, limits)
      .filter(({ needs, limit }) => needs > limit)
      .map(({ code, what, needs, limit, hint }) =>
        error(
          code,
          step.span,
          `"${step.covers[0]?.path ?? ""}" needs ${needs} ${what}, and ${limits.name} grants ${limit}.`,
          { hint },
        ),
      );
  });
}
