import { loadEmitted } from "./gpu-load.ts";
import { traceModel } from "../../src/gpu/trace-model.ts";
import type { NodeId, ShapedGraph } from "../../src/ir/graph.ts";
import { compareTensors } from "../../src/reference/compare.ts";
import { HALF_ROUNDING, halfNetwork } from "../../src/reference/half-storage.ts";
import { judge } from "../../src/reference/judge.ts";
import { checkPlan } from "../../src/targets/webgpu/check/check-plan.ts";
import { emitWebgpu } from "../../src/targets/webgpu/emit.ts";
import type { PlanOptions } from "../../src/targets/webgpu/plan-network.ts";
import { planSchema, type Plan } from "../../src/targets/webgpu/files/plan-schema.ts";
import { WEBGPU_CORE } from "../../src/targets/webgpu/schedule/limits.ts";
import type { EmittedFile } from "../../src/targets/emitted-file.ts";
import { elementsOf } from "../../src/ir/shape.ts";
import { randomSource } from "../../src/weights/random.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";

/** Returns standard normal values. The same seed gives the same values. */
export function randomImage(graph: ShapedGraph, seed: number): Float32Array {
  const random = randomSource(seed, "image");
  return Float32Array.from({ length: elementsOf(graph.input.shape) }, () => random.normal());
}

export function textOf(files: readonly EmittedFile[], path: string): string {
  const contents = files.find((file) => file.path === path)?.contents;
  if (typeof contents !== "string") throw new Error(`no text file "${path}" was emitted`);
  return contents;
}

export function planOf(files: readonly EmittedFile[]): Plan {
  return planSchema.parse(JSON.parse(textOf(files, "plan.json")));
}

/** Emits a graph and checks the plan. */
export function emitChecked(
  graph: ShapedGraph,
  weights: WeightStore,
  options: PlanOptions = {},
): readonly EmittedFile[] {
  const { files, diagnostics } = emitWebgpu(graph, weights, options);
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const problems = checkPlan(planOf(files), options.limits ?? WEBGPU_CORE);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return files;
}

/**
 * Returns one line for each value that differs from the float64 result for the values before it, and for each output
 * that differs. `halves` has the nodes that the build stores in 16 bits. It is null if values and weights are float32.
 */
export async function differences(
  device: GPUDevice,
  graph: ShapedGraph,
  weights: WeightStore,
  image: Float32Array,
  files = emitChecked(graph, weights),
  halves = halfNodes(graph, files),
): Promise<readonly string[]> {
  const model = await loadEmitted(device, files);
  const nodes = new Map(graph.nodes.map((node) => [node.path, node.id]));
  const found: string[] = [];
  try {
    const steps = (await traceModel(model, image)).filter(({ path }) => path !== null);
    const idOf = ({ path }: { path: string | null }) => nodes.get(path ?? "") ?? -1;
    const given = new Map(steps.map((step) => [idOf(step), step.data]));
    const stored = halves === null ? { graph, weights } : halfNetwork(graph, weights);
    const storage = (id: NodeId) => (halves?.has(id) === true ? HALF_ROUNDING : 0);
    const { comparisons, values } = judge(stored.graph, stored.weights, image, given, storage);
    for (const step of steps) {
      const reason = comparisons.get(idOf(step))?.reason ?? null;
      if (reason !== null) found.push(`${step.layers.join(" + ")}: ${reason}`);
    }
    const outputs = await model.run(image);
    for (const { name, node } of graph.outputs) {
      const { reason } = compareTensors(values.get(node) ?? [], outputs[name] ?? [], {
        relative: 1e-6,
        absolute: 1e-7,
      });
      if (reason !== null) found.push(`output ${name}: ${reason}`);
    }
  } finally {
    model.destroy();
  }
  return found;
}

/** Returns the nodes whose values a build stores as f16; null for a build in float32. */
export function halfNodes(graph: ShapedGraph, files: readonly EmittedFile[]): ReadonlySet<NodeId> | null {
  const { dispatches, requires } = planOf(files);
  if (!requires.features.includes("shader-f16")) return null;
  const paths = new Set(dispatches.flatMap(({ output }) => (output.type === "f16" ? [output.path] : [])));
  return new Set(graph.nodes.filter(({ path }) => paths.has(path)).map(({ id }) => id));
}

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;

/** Returns a copy of a plan that `change` has modified. */
export function changedPlan(plan: Plan, change: (draft: Writable<Plan>) => unknown): Plan {
  // No other code has a reference to the copy, so it may be modified.
  const draft = structuredClone(plan) as Writable<Plan>;
  change(draft);
  return draft;
}
