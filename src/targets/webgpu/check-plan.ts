import { OFFSET_ALIGNMENT, type LimitName, type LimitProfile } from "./limits.ts";
import type { Plan } from "./plan-schema.ts";
import { storedBytes, type StorageType } from "./storage-type.ts";

interface Slice {
  readonly buffer: number;
  readonly offset: number;
  readonly size: number;
}

/** A value as it lies in memory until something overwrites a byte of it. */
interface Held extends Slice {
  readonly value: number;
}

/** What a slice holds. */
interface Wanted {
  readonly shape: readonly number[];
  readonly type: StorageType;
}

const elements = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
const overlap = (a: Slice, b: Slice) =>
  a.buffer === b.buffer && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
const at = ({ buffer, offset, size }: Slice) => `bytes ${offset} to ${offset + size} of buffer ${buffer}`;

/**
 * Proves a plan legal without trusting how it was made: plays the dispatches over memory in which each byte remembers the
 * value it belongs to. Nothing reads a value that is not there or no longer whole, no dispatch finds a buffer among both its
 * inputs and its output, every slice starts at a legal offset, lies inside its buffer and within the limits, and the plan's
 * own sums are right.
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
    if (wanted !== null && slice.size !== storedBytes(wanted.type, elements(wanted.shape)))
      problems.push(`${what} has ${slice.size} bytes for ${elements(wanted.shape)} values of ${wanted.type}.`);
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

function checkFlow(plan: Plan): readonly string[] {
  const problems: string[] = [];
  let held: Held[] = [{ ...plan.input }];
  const read = (who: string, { value, buffer, offset, size }: Held) => {
    const found = held.find((candidate) => candidate.value === value);
    if (found === undefined) {
      problems.push(`${who} reads value ${value}, which is not in memory: not yet written, or overwritten.`);
    } else if (found.buffer !== buffer || found.offset !== offset || found.size !== size) {
      problems.push(`${who} reads value ${value} at ${at({ buffer, offset, size })}, and it lies at ${at(found)}.`);
    }
  };
  plan.dispatches.forEach(({ inputs, output, layers }, index) => {
    const name = `Dispatch ${index} ("${layers.join('", "')}")`;
    if (output.value !== index + 1) problems.push(`${name} writes value ${output.value}, not ${index + 1}.`);
    for (const input of inputs) {
      read(name, input);
      if (input.buffer === output.buffer) {
        problems.push(`${name} reads value ${input.value} from buffer ${input.buffer}, which it also writes.`);
      }
    }
    held = held.filter((other) => !overlap(other, output));
    held.push({ value: output.value, buffer: output.buffer, offset: output.offset, size: output.size });
  });
  for (const output of plan.outputs) read(`Output "${output.name}"`, output);
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

/** Most bytes that are still needed at one time, from the reads alone. */
function mostAlive(plan: Plan): number {
  const { dispatches } = plan;
  const lastRead = new Map<number, number>();
  dispatches.forEach(({ inputs }, index) => inputs.forEach(({ value }) => lastRead.set(value, index)));
  for (const { value } of plan.outputs) lastRead.set(value, dispatches.length);
  const freed = new Map<number, number>();
  const hold = (value: number, born: number, size: number) => {
    const dies = lastRead.get(value) ?? born;
    freed.set(dies, (freed.get(dies) ?? 0) + size);
    return size;
  };
  let alive = hold(0, -1, plan.input.size);
  let most = alive;
  alive -= freed.get(-1) ?? 0;
  dispatches.forEach(({ output }, index) => {
    alive += hold(output.value, index, output.size);
    most = Math.max(most, alive);
    alive -= freed.get(index) ?? 0;
  });
  return most;
}
