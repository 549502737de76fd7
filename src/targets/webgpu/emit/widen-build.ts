import { halfValue } from "../../../formats/half.ts";
import type { EmittedFile } from "../../emitted-file.ts";
import { WEIGHTS_FILE } from "./build-plan.ts";
import { checkPlan } from "../check/check-plan.ts";
import { WEBGPU_CORE } from "../schedule/limits.ts";
import { planSchema, type Plan } from "../files/plan-schema.ts";

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;

/**
 * Rewrites a build of `--precision f16` for devices without `shader-f16`: the same kernels with `f16` replaced by `f32`, over the
 * same weights, in twice the memory. It computes what the kernels compute, without the rounding of values between dispatches. So
 * it shows whether kernels are right; it shows neither their speed nor what 16 bits round away.
 */
export function widenBuild(files: readonly EmittedFile[]): readonly EmittedFile[] {
  return files.map(({ path, contents }) => {
    if (path === "plan.json") return { path, contents: JSON.stringify(widenedPlan(String(contents))) };
    if (path === WEIGHTS_FILE && typeof contents !== "string") return { path, contents: widenedWeights(contents) };
    return path.endsWith(".wgsl")
      ? {
          path,
          contents: String(contents)
            .replace("enable f16;\n", "")
            .replaceAll(/\bf16\b/g, "f32"),
        }
      : { path, contents };
  });
}

function widenedPlan(text: string): Plan {
  // The object was made of the text just now, so nothing else holds it and it may be changed.
  const draft = planSchema.parse(JSON.parse(text)) as Writable<Plan>;
  const half = new Set(draft.dispatches.flatMap(({ output }) => (output.type === "f16" ? [output.value] : [])));
  const elements = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
  const sizes = new Map(
    draft.dispatches.map(({ output: { value, shape, within } }) => [
      value,
      (4 * elements(shape) * (within?.of ?? 1)) / (within?.channels ?? 1),
    ]),
  );
  // A value that lies in another is numbered before it.
  for (const { value, parts } of draft.joins) {
    const [part = 0] = parts;
    sizes.set(value, sizes.get(part) ?? 0);
    if (half.has(part)) half.add(value);
  }
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
  // The lower bound does not double, since the input did not.
  const problems = checkPlan(draft, WEBGPU_CORE).filter((problem) => !problem.includes("needed at least"));
  if (problems.length > 0) throw new Error(`internal: ${problems.join("\n")}`);
  return draft;
}

function widenedWeights(bytes: Uint8Array): Uint8Array {
  const halves = new Uint16Array(bytes.slice().buffer);
  return new Uint8Array(Float32Array.from(halves, halfValue).buffer);
}
