import { checkPlan } from "../../src/targets/webgpu/check-plan.ts";
import type { EmittedFile } from "../../src/targets/emitted-file.ts";
import { WEBGPU_CORE } from "../../src/targets/webgpu/limits.ts";
import { halfValue } from "../../src/weights/half.ts";
import { changedPlan, planOf } from "./gpu-run.ts";

/**
 * A build of `--precision f16` for devices without `shader-f16`: the same kernels with `f16` read as `f32`, over the same weights, in
 * twice the memory. What it computes is what the kernels compute, but for the rounding of values between dispatches.
 */
export function widenedBuild(files: readonly EmittedFile[]): readonly EmittedFile[] {
  const old = planOf(files);
  const plan = changedPlan(old, (draft) => {
    const half = new Set(draft.dispatches.flatMap(({ output }) => (output.type === "f16" ? [output.value] : [])));
    const elements = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
    const sizes = new Map(draft.dispatches.map(({ output }) => [output.value, 4 * elements(output.shape)]));
    draft.requires.features = [];
    for (const limit of ["maxStorageBufferBindingSize", "maxBufferSize"]) draft.requires.limits[limit]! *= 2;
    for (const buffer of draft.buffers) buffer.size *= 2;
    draft.memory.activationBytes *= 2;
    for (const slice of [draft.input, ...draft.outputs]) slice.offset *= 2;
    for (const slice of draft.dispatches.flatMap(({ inputs, output }) => [...inputs, output])) {
      slice.offset *= 2;
      if (half.has(slice.value)) slice.size = sizes.get(slice.value) ?? 0;
    }
    for (const { output } of draft.dispatches) output.type = "f32";
    for (const part of [...draft.weights.entries, ...draft.weights.buffers]) {
      part.offset *= 2;
      part.size *= 2;
    }
    for (const entry of draft.weights.entries) entry.type = "f32";
    draft.weights.size *= 2;
    draft.memory.weightBytes *= 2;
  });
  // The lower bound is the one sum that does not double: the input did not.
  const problems = checkPlan(plan, WEBGPU_CORE).filter((problem) => !problem.includes("needed at least"));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return files.map(({ path, contents }) => {
    if (path === "plan.json") return { path, contents: JSON.stringify(plan) };
    if (typeof contents !== "string") return { path, contents: widenedWeights(contents) };
    return path.endsWith(".wgsl")
      ? { path, contents: contents.replace("enable f16;\n", "").replaceAll(/\bf16\b/g, "f32") }
      : { path, contents };
  });
}

function widenedWeights(bytes: Uint8Array): Uint8Array {
  const halves = new Uint16Array(bytes.slice().buffer);
  return new Uint8Array(Float32Array.from(halves, halfValue).buffer);
}
