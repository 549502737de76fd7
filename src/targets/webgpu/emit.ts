import { webgpuRuntime } from "../../../generated/webgpu-runtime.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { buildPlan, WEIGHTS_FILE } from "./emit/build-plan.ts";
import { checkBudget } from "./check/check-budget.ts";
import { checkLimits } from "./check/check-limits.ts";
import { checkOverflows } from "./emit/check-overflows.ts";
import { extraKernels, extraPrograms } from "./emit/extra-programs.ts";
import { formatPlan } from "./files/format-plan.ts";
import { nameKernels } from "./emit/name-kernels.ts";
import { packWeights } from "./emit/pack-weights.ts";
import { planNetwork, type PlanOptions } from "./plan-network.ts";

export { widenBuild } from "./emit/widen-build.ts";

/**
 * Compiles an inference graph to a folder that runs by itself: `plan.json`, `kernels/*.wgsl`, `weights.bin`, `model.js`, `model.d.ts`.
 *
 * @param inference the inference graph.
 * @param weights float32 tensors by name.
 * @param options what to plan for: limits, device class, precision, a record of tuning.
 * @returns the files, with paths relative to their folder. A layer that a device of the limit profile would refuse is an error, and there are no
 * files.
 * @throws {@link WeightError} for a tensor that is missing or has another shape.
 * @throws {@link TuningError} for a tuning record of another network.
 */
export function emitWebgpu(
  inference: ShapedGraph,
  weights: WeightStore,
  options: PlanOptions = {},
): { readonly files: readonly EmittedFile[]; readonly diagnostics: readonly Diagnostic[] } {
  const planned = planNetwork(inference, options);
  const { schedule, chosen, memory, limits } = planned;
  const programs = chosen.map(({ program }) => program);
  const diagnostics = [
    ...checkLimits(schedule, programs, limits),
    ...checkBudget(inference, programs.length, memory.activationBytes, options),
  ];
  if (hasErrors(diagnostics)) return { files: [], diagnostics };
  const packed = packWeights(programs, weights, limits);
  const overflows = checkOverflows(inference, packed.overflows);
  if (hasErrors(overflows)) return { files: [], diagnostics: [...diagnostics, ...overflows] };
  const extras = extraPrograms(inference, planned);
  const plan = buildPlan(inference, planned, packed, extras);
  const kernels = nameKernels(programs).files.map(({ path, program }) => ({ path, contents: program.wgsl }));
  const files = [
    { path: "plan.json", contents: formatPlan(plan) },
    ...kernels,
    ...extraKernels(extras).map(({ file, wgsl }) => ({ path: file, contents: wgsl })),
    { path: WEIGHTS_FILE, contents: packed.bytes },
    { path: "model.js", contents: webgpuRuntime.modelJs },
    { path: "model.d.ts", contents: webgpuRuntime.modelDts },
  ];
  return { files, diagnostics };
}
