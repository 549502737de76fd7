import { summarize } from "../analysis/summary.ts";
import type { CompiledNetwork } from "../compile.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { drawGraph } from "../drawing/draw-graph.ts";
import type { ShapedGraph } from "../ir/graph.ts";
import { emitTfjs } from "../targets/tfjs/emit-tfjs.ts";
import { checkLimits, extraKernels, extraPrograms, nameKernels } from "../targets/webgpu/plan-details.ts";
import { planNetwork, type PlanOptions } from "../targets/webgpu/plan-network.ts";
import { planReport } from "../targets/webgpu/plan-report.ts";
import type { Source } from "../text/source.ts";
import { memoryTimeline } from "./memory-timeline.ts";
import type { GeneratedText, ReportPlan } from "./report-data.ts";
import { reportFindings } from "./report-findings.ts";
import { renderReport } from "./render-report.ts";

export interface ReportRequest {
  readonly network: CompiledNetwork;
  /** The findings of compiler and linter. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly plan: PlanOptions;
}

/** Makes the report of a compiled network. It requires no weights and no GPU adapter. */
export async function makeReport({ network, diagnostics, sources, plan: options }: ReportRequest): Promise<string> {
  const { training, inference } = network;
  const { plan, refusals } = planOf(inference, options);
  return renderReport({
    network: training.name,
    doc: training.doc,
    params: training.params,
    summary: summarize(training, inference),
    graph: drawGraph(training),
    ...reportFindings([...diagnostics, ...refusals], sources),
    plan,
    tfjs: await tfjsTexts(network),
  });
}

/** Returns no plan, with the reason, if a device with these limits would refuse the network. */
function planOf(
  inference: ShapedGraph,
  options: PlanOptions,
): { readonly plan: ReportPlan | null; readonly refusals: readonly Diagnostic[] } {
  const plan = planNetwork(inference, options);
  const programs = plan.chosen.map(({ program }) => program);
  const refusals = checkLimits(plan.schedule, programs, plan.limits);
  if (hasErrors(refusals)) return { plan: null, refusals };
  const { files, fileOf } = nameKernels(programs);
  return {
    plan: {
      report: planReport(inference, plan),
      timeline: memoryTimeline(inference, plan),
      kernels: files.map(({ path, program }) => ({ path, text: program.wgsl })),
      kernelOf: fileOf,
      extras: extraKernels(extraPrograms(inference, plan)).map(({ file, wgsl }) => ({ path: file, text: wgsl })),
    },
    refusals,
  };
}

async function tfjsTexts({ training }: CompiledNetwork): Promise<readonly GeneratedText[]> {
  const files = await emitTfjs(training, { language: "ts", weights: null });
  return files.flatMap(({ path, contents }) => (typeof contents === "string" ? [{ path, text: contents }] : []));
}
