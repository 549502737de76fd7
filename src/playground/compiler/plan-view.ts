import { nameKernels } from "../../targets/webgpu/plan-details.ts";
import { planNetwork } from "../../targets/webgpu/plan-network.ts";
import { planReport } from "../../targets/webgpu/plan-report.ts";
import type { OpenDocument } from "./open-document.ts";
import type { PlanView } from "./requests.ts";

/**
 * Returns the dispatches of the WebGPU program and the text of its kernels, or null if the network does not compile.
 */
export function planView({ compiled }: OpenDocument): PlanView | null {
  const network = compiled();
  if (network === null) return null;
  const plan = planNetwork(network.inference);
  const { files, fileOf } = nameKernels(plan.chosen.map(({ program }) => program));
  return {
    report: planReport(network.inference, plan),
    kernels: files.map(({ path, program }) => ({ path, wgsl: program.wgsl })),
    kernelOf: fileOf,
  };
}
