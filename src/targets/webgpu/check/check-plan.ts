import { at, checkFlow, mostAlive } from "./check-flow.ts";
import { OFFSET_ALIGNMENT, type LimitName, type LimitProfile } from "../schedule/limits.ts";
import type { Plan } from "../files/plan-schema.ts";
import { storedBytes, type StorageType } from "../schedule/storage-type.ts";

interface Slice {
  readonly buffer: number;
  readonly offset: number;
  readonly size: number;
}

/** What a slice holds. */
interface Wanted {
  readonly shape: readonly number[];
  readonly type: StorageType;
  /** The wider map that the slice holds: `of` channels for the value's `channels`. */
  readonly within?: { readonly channels: number; readonly of: number } | undefined;
}

const elements = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/**
 * Proves a plan legal without trusting how it was made: plays the dispatches over memory ({@link checkFlow}), and
 * checks that every slice starts at a legal offset, lies inside its buffer and within the limits, and the plan's
 * own sums add up.
 * @returns what is wrong, one sentence each; empty for a legal plan
 */
export function checkPlan(plan: Plan, limits: LimitProfile): readonly string[] {
  return [...checkSlices(plan, limits), ...checkFlow(plan), ...checkDemands(plan, limits), ...checkSums(plan)];
}

function checkSlices(plan: Plan, limits: LimitProfile): readonly string[] {
  const problems: string[] = [];
  const check = (what: string, slice: Slice, bufferSize: number | undefined, wanted: Wanted | null) => {
    if (bufferSize === undefined) problems.push(`${what} lies in buffer ${slice.buffer}, which is not there.`);
    else if (slice.offset + slice.size > bufferSize)
      problems.push(`${what} takes ${at(slice)}, which has ${bufferSize}.`);
    if (slice.offset % OFFSET_ALIGNMENT !== 0)
      problems.push(`${what} starts at ${slice.offset}, which is no multiple of ${OFFSET_ALIGNMENT}.`);
    if (slice.size > limits.maxStorageBufferBindingSize)
      problems.push(`${what} binds ${slice.size} bytes, over the limit of ${limits.maxStorageBufferBindingSize}.`);
    const { channels, of } = wanted?.within ?? { channels: 1, of: 1 };
    const count = wanted === null ? 0 : (elements(wanted.shape) / channels) * of;
    if (wanted !== null && slice.size !== storedBytes(wanted.type, count))
      problems.push(`${what} has ${slice.size} bytes for ${count} values of ${wanted.type}.`);
  };
  const sizeOf = (slice: Slice) => plan.buffers[slice.buffer]?.size;
  check("The input", plan.input, sizeOf(plan.input), { shape: plan.input.shape, type: "f32" });
  for (const output of plan.outputs) {
    check(`Output "${output.name}"`, output, sizeOf(output), { shape: output.shape, type: "f32" });
  }
  plan.dispatches.forEach(({ inputs, output, weights, kernel, layers }, index) => {
    const name = `Dispatch ${index} ("${layers.join('", "')}")`;
    for (const input of inputs) check(`An input of ${name}`, input, sizeOf(input), null);
    check(`The output of ${name}`, output, sizeOf(output), output);
    if (plan.kernels[kernel] === undefined) problems.push(`${name} runs kernel ${kernel}, which is not there.`);
    for (const weight of weights) {
      if (plan.weights.entries[weight] === undefined)
        problems.push(`${name} binds weight ${weight}, which is not there.`);
    }
  });
  let end = 0;
  for (const { layer, slot, buffer, offset, size } of plan.weights.entries) {
    const name = `Weight "${layer}/${slot}"`;
    const part = plan.weights.buffers[buffer];
    const inside = { buffer, offset: offset - (part?.offset ?? 0), size };
    check(name, inside, part?.size, null);
    if (offset < end)
      problems.push(`${name} starts at ${offset} of the file, inside the one before, which ends at ${end}.`);
    if (offset + size > plan.weights.size)
      problems.push(`${name} ends at ${offset + size} of a file of ${plan.weights.size}.`);
    end = offset + size;
  }
  [...plan.buffers, ...plan.weights.buffers].forEach(({ size }) => {
    if (size > limits.maxBufferSize)
      problems.push(`A buffer has ${size} bytes, over the limit of ${limits.maxBufferSize}.`);
  });
  return problems;
}

function checkDemands(plan: Plan, limits: LimitProfile): readonly string[] {
  const problems: string[] = [];
  const within = (what: string, needs: number, limit: LimitName) => {
    if (needs > limits[limit]) problems.push(`${what} needs ${limit} ${needs}, over the limit of ${limits[limit]}.`);
    const declared = plan.requires.limits[limit] ?? 0;
    if (needs > declared) problems.push(`${what} needs ${limit} ${needs}, and the plan asks devices for ${declared}.`);
  };
  plan.dispatches.forEach(({ inputs, weights, workgroups, layers }, index) => {
    const name = `Dispatch ${index} ("${layers.join('", "')}")`;
    within(name, Math.max(...workgroups), "maxComputeWorkgroupsPerDimension");
    within(name, inputs.length + weights.length + 1, "maxStorageBuffersPerShaderStage");
  });
  for (const { file, workgroupSize, workgroupBytes } of plan.kernels) {
    within(file, workgroupSize[0] * workgroupSize[1] * workgroupSize[2], "maxComputeInvocationsPerWorkgroup");
    within(file, workgroupBytes, "maxComputeWorkgroupStorageSize");
  }
  const slices = plan.dispatches.flatMap(({ inputs, output }) => [...inputs, output]);
  for (const { size } of [...slices, ...plan.weights.entries]) within("A binding", size, "maxStorageBufferBindingSize");
  for (const { size } of [...plan.buffers, ...plan.weights.buffers]) within("A buffer", size, "maxBufferSize");
  return problems;
}

function checkSums(plan: Plan): readonly string[] {
  const problems: string[] = [];
  const same = (what: string, said: number, counted: number) => {
    if (said !== counted) problems.push(`The plan says ${said} bytes of ${what}, and there are ${counted}.`);
  };
  same(
    "activations",
    plan.memory.activationBytes,
    plan.buffers.reduce((sum, { size }) => sum + size, 0),
  );
  same("weights", plan.memory.weightBytes, plan.weights.size);
  same("memory that is needed at least", plan.memory.lowerBoundBytes, mostAlive(plan));
  return problems;
}
