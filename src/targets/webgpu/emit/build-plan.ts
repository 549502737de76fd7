import { nodeAt, type ShapedGraph } from "../../../ir/graph.ts";
import { elementsOf } from "../../../ir/shape.ts";
import { PLAN_VERSION, type Plan } from "../files/plan-schema.ts";
import type { NetworkPlan } from "../plan-network.ts";
import type { Place } from "../memory/place-values.ts";
import type { ChannelView } from "../schedule/channel-view.ts";
import { readsOf, type ValueId } from "../schedule/schedule.ts";
import { usesHalf } from "../wgsl/kernel-program.ts";
import type { ExtraPrograms } from "./extra-programs.ts";
import { nameKernels } from "./name-kernels.ts";
import type { PackedWeights } from "./pack-weights.ts";

export const WEIGHTS_FILE = "weights.bin";

/** Writes down for `model.js` everything that was decided. */
export function buildPlan(
  graph: ShapedGraph,
  planned: NetworkPlan,
  weights: PackedWeights,
  extras: ExtraPrograms,
): Plan {
  const { schedule, chosen, memory } = planned;
  const { files, fileOf } = nameKernels(chosen.map(({ program }) => program));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const refer = references(planned);
  return {
    version: PLAN_VERSION,
    network: graph.name,
    input: {
      name: graph.input.name,
      shape: graph.input.shape,
      ...refer(0),
      value: 0,
      normalization: graph.input.normalization,
    },
    outputs: graph.outputs.map(({ name, path, node }) => {
      const value = schedule.valueOf.get(node);
      if (value === undefined) throw new Error(`internal: output "${name}" is not computed`);
      const { shape } = nodeAt(nodes, node);
      return { name, path, shape, ...refer(value), size: 4 * elementsOf(shape) };
    }),
    labels: graph.labels,
    ...extrasOf(extras),
    requires: requirementsOf(planned, weights),
    memory: {
      activationBytes: memory.activationBytes,
      lowerBoundBytes: memory.lowerBoundBytes,
      weightBytes: weights.bytes.length,
    },
    buffers: memory.buffers.map((size) => ({ size })),
    weights: { file: WEIGHTS_FILE, size: weights.bytes.length, buffers: weights.buffers, entries: weights.entries },
    kernels: files.map(({ path, program }) => ({
      file: path,
      workgroupSize: program.workgroupSize,
      workgroupBytes: program.workgroupBytes,
    })),
    dispatches: dispatchesOf(planned, weights, fileOf, refer),
    joins: joinsOf(planned, refer),
  };
}

/** A value under the plan's number for it, and where it lies. */
type Refer = (value: ValueId) => { readonly value: number } & Place & { readonly within?: ChannelView };

/**
 * Numbers the values as the plan does: the input is value 0, the dispatch at index i writes value i + 1, and values in which others
 * lie side by side come after those.
 */
function references({ schedule: { values, steps, joins }, memory: { places } }: NetworkPlan): Refer {
  const number = new Map<ValueId, number>([[0, 0]]);
  steps.forEach((step, index) => number.set(step.output, index + 1));
  [...joins.keys()].toSorted((a, b) => a - b).forEach((value, index) => number.set(value, steps.length + 1 + index));
  return (value) => {
    const place = places[value];
    const numbered = number.get(value);
    if (place === undefined || numbered === undefined) throw new Error(`internal: value ${value} has no place`);
    const view = values[value]?.within?.view;
    const within = view === undefined ? {} : { within: { first: view.first, channels: view.channels, of: view.of } };
    return { value: numbered, ...place, ...within };
  };
}

function dispatchesOf(
  { schedule: { values, steps }, chosen }: NetworkPlan,
  weights: PackedWeights,
  fileOf: readonly number[],
  refer: Refer,
): Plan["dispatches"] {
  return steps.map((step, index) => {
    const value = values[step.output];
    const program = chosen[index]?.program;
    if (value === undefined || program === undefined) throw new Error(`internal: step ${index} is not planned`);
    const { value: number, ...place } = refer(step.output);
    return {
      layers: step.covers.map((node) => node.path),
      kernel: fileOf[index] ?? 0,
      workgroups: program.workgroups,
      inputs: readsOf(step).map(refer),
      weights: weights.ofProgram[index] ?? [],
      output: {
        value: number,
        path: value.node === null ? null : value.path,
        shape: value.shape,
        type: value.type,
        ...place,
      },
    };
  });
}

/** What the programs ask of a device. */
function requirementsOf({ schedule, chosen, memory }: NetworkPlan, weights: PackedWeights): Plan["requires"] {
  const programs = chosen.map(({ program }) => program);
  const bindings = schedule.steps.map((step, i) => readsOf(step).length + (programs[i]?.weights.length ?? 0) + 1);
  return {
    features: programs.some(usesHalf) ? ["shader-f16"] : [],
    limits: {
      maxStorageBufferBindingSize: largest([...memory.places, ...weights.entries].map(({ size }) => size)),
      maxBufferSize: largest([...memory.buffers, ...weights.buffers.map(({ size }) => size)]),
      maxStorageBuffersPerShaderStage: largest(bindings),
      maxComputeWorkgroupsPerDimension: largest(programs.flatMap(({ workgroups }) => workgroups)),
      maxComputeInvocationsPerWorkgroup: largest(programs.map(({ workgroupSize: [x, y, z] }) => x * y * z)),
      maxComputeWorkgroupStorageSize: largest(programs.map(({ workgroupBytes }) => workgroupBytes)),
    },
  };
}

function extrasOf({ image, topK }: ExtraPrograms): Pick<Plan, "image" | "topK"> {
  return {
    image:
      image === null
        ? null
        : {
            file: image.file,
            workgroups: image.workgroups,
            first: image.first === null ? null : { file: image.first.file },
          },
    topK: topK === null ? null : { file: topK.file, workgroups: topK.workgroups, output: topK.output },
  };
}

function joinsOf({ schedule: { values, joins } }: NetworkPlan, refer: Refer): Plan["joins"] {
  return [...joins]
    .map(([value, parts]) => ({
      value: refer(value).value,
      path: values[value]?.path ?? "",
      parts: parts.map((part) => refer(part).value),
    }))
    .toSorted((a, b) => a.value - b.value);
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, value) => Math.max(most, value), 0);
}
