import { nodeAt, type ShapedGraph } from "../../../ir/graph.ts";
import { elementsOf } from "../../../ir/shape.ts";
import type { ExtraPrograms } from "./extra-programs.ts";
import type { MemoryPlan } from "../memory/plan-memory.ts";
import { nameKernels } from "./name-kernels.ts";
import type { PackedWeights } from "./pack-weights.ts";
import { PLAN_VERSION, type Plan } from "../files/plan-schema.ts";
import { readsOf, type Schedule, type ValueId } from "../schedule/schedule.ts";
import type { KernelProgram } from "../wgsl/kernel-program.ts";

export const WEIGHTS_FILE = "weights.bin";

/** Everything decided, written down for `model.js`. `programs` stand in the order of the schedule's steps. */
export function buildPlan(
  graph: ShapedGraph,
  schedule: Schedule,
  programs: readonly KernelProgram[],
  memory: MemoryPlan,
  weights: PackedWeights,
  extras: ExtraPrograms,
): Plan {
  const { values, steps, valueOf, joins } = schedule;
  const { places, buffers } = memory;
  const { files, fileOf } = nameKernels(programs);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const placeOf = (value: ValueId) => {
    const place = places[value];
    if (place === undefined) throw new Error(`internal: value ${value} has no place`);
    return place;
  };
  // The input is value 0, the dispatch at index i writes value i + 1, and those that lie side by side in others come behind.
  const number = new Map<ValueId, number>([[0, 0]]);
  steps.forEach((step, index) => number.set(step.output, index + 1));
  [...joins.keys()].toSorted((a, b) => a - b).forEach((value, index) => number.set(value, steps.length + 1 + index));
  const withinOf = (value: ValueId) => {
    const view = values[value]?.within?.view;
    return view === undefined ? {} : { within: { first: view.first, channels: view.channels, of: view.of } };
  };
  const numbered = (value: ValueId) => ({ value: number.get(value) ?? 0, ...placeOf(value), ...withinOf(value) });
  const dispatches = steps.map((step, index) => {
    const value = values[step.output];
    const program = programs[index];
    if (value === undefined || program === undefined) throw new Error(`internal: step ${index} is not planned`);
    const output = { path: value.node === null ? null : value.path, shape: value.shape, type: value.type };
    return {
      layers: step.covers.map((node) => node.path),
      kernel: fileOf[index] ?? 0,
      workgroups: program.workgroups,
      inputs: readsOf(step).map(numbered),
      weights: weights.ofProgram[index] ?? [],
      output: { value: index + 1, ...output, ...placeOf(step.output), ...withinOf(step.output) },
    };
  });
  const bindings = steps.map((step, index) => readsOf(step).length + (programs[index]?.weights.length ?? 0) + 1);
  const sizes = [...places, ...weights.entries].map(({ size }) => size);
  const bufferSizes = [...buffers, ...weights.buffers.map(({ size }) => size)];
  const invocations = programs.map(({ workgroupSize: [x, y, z] }) => x * y * z);
  const half = programs.some(({ parts }) =>
    [...parts.inputs, ...(parts.weights ?? []), parts.output].some(({ type }) => type === "f16"),
  );
  return {
    version: PLAN_VERSION,
    network: graph.name,
    input: {
      name: graph.input.name,
      shape: graph.input.shape,
      value: 0,
      ...placeOf(0),
      normalization: graph.input.normalization,
    },
    outputs: graph.outputs.map(({ name, path, node }) => {
      const value = valueOf.get(node);
      if (value === undefined) throw new Error(`internal: output "${name}" is not computed`);
      const { shape } = nodeAt(nodes, node);
      return { name, path, shape, ...numbered(value), size: 4 * elementsOf(shape) };
    }),
    labels: graph.labels,
    image:
      extras.image === null
        ? null
        : {
            file: extras.image.file,
            workgroups: extras.image.workgroups,
            first: extras.image.first === null ? null : { file: extras.image.first.file },
          },
    topK:
      extras.topK === null
        ? null
        : { file: extras.topK.file, workgroups: extras.topK.workgroups, output: extras.topK.output },
    requires: {
      features: half ? ["shader-f16"] : [],
      limits: {
        maxStorageBufferBindingSize: largest(sizes),
        maxBufferSize: largest(bufferSizes),
        maxStorageBuffersPerShaderStage: largest(bindings),
        maxComputeWorkgroupsPerDimension: largest(programs.flatMap(({ workgroups }) => workgroups)),
        maxComputeInvocationsPerWorkgroup: largest(invocations),
        maxComputeWorkgroupStorageSize: largest(programs.map(({ workgroupBytes }) => workgroupBytes)),
      },
    },
    memory: {
      activationBytes: memory.activationBytes,
      lowerBoundBytes: memory.lowerBoundBytes,
      weightBytes: weights.bytes.length,
    },
    buffers: buffers.map((size) => ({ size })),
    weights: { file: WEIGHTS_FILE, size: weights.bytes.length, buffers: weights.buffers, entries: weights.entries },
    kernels: files.map(({ path, program }) => ({
      file: path,
      workgroupSize: program.workgroupSize,
      workgroupBytes: program.workgroupBytes,
    })),
    dispatches,
    joins: [...joins]
      .map(([value, parts]) => ({
        value: number.get(value) ?? 0,
        path: values[value]?.path ?? "",
        parts: parts.map((part) => number.get(part) ?? 0),
      }))
      .toSorted((a, b) => a.value - b.value),
  };
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, value) => Math.max(most, value), 0);
}
