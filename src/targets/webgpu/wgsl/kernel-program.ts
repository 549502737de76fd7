import type { WeightBinder } from "../weight-binder.ts";

/** A weight as a kernel wants it, packed when the network is compiled. */
export interface PackedWeight {
  /** `kernel`, `bias`, `scale`, `shift`; `kernel1` … for the further parts of one that no single binding holds. */
  readonly slot: string;
  /** Order of the axes, `HWIO`; a 4 behind it pads the last one with zeros to vectors of four. */
  readonly layout: string;
  readonly elements: number;
  readonly pack: (bind: WeightBinder) => Float32Array;
}

/**
 * A GPU program for one step: text, launch and weights. Two steps with the same text share one pipeline, so the text names
 * no layer and no address.
 */
export interface KernelProgram {
  /** Stem of the file's name. */
  readonly name: string;
  readonly wgsl: string;
  readonly workgroups: readonly [number, number, number];
  readonly workgroupSize: readonly [number, number, number];
  /** Bytes of workgroup memory. */
  readonly workgroupBytes: number;
  /** In binding order, behind the values read and before the output. */
  readonly weights: readonly PackedWeight[];
}

/** One storage binding; `lanes` is 4 for `vec4<f32>` elements and 1 for `f32`. */
export interface Binding {
  readonly name: string;
  readonly lanes: 1 | 4;
  /** Of `f32`. */
  readonly elements: number;
}

export interface ProgramParts {
  /** What is computed, who computes what. */
  readonly comment: readonly string[];
  readonly inputs: readonly Binding[];
  readonly weights: readonly Binding[];
  readonly output: Binding;
  /** Constants and functions, after the bindings; one that is named twice is written once. */
  readonly declarations: readonly string[];
  readonly workgroupSize: readonly [number, number, number];
  readonly builtins: readonly ("global_invocation_id" | "local_invocation_id" | "workgroup_id")[];
  readonly body: readonly string[];
}

const builtinNames = { global_invocation_id: "id", local_invocation_id: "local", workgroup_id: "group" } as const;

export function typeOf(lanes: 1 | 4): string {
  return lanes === 4 ? "vec4<f32>" : "f32";
}

/** 4 where runs of `elements` can be read as vectors. */
export function lanesFor(...elements: readonly number[]): 1 | 4 {
  return elements.every((count) => count % 4 === 0) ? 4 : 1;
}

const bytesOf = (bindings: readonly Binding[]) => bindings.reduce((sum, { elements }) => sum + elements * 4, 0);

/** Puts a program's text together: comment, bindings, declarations, entry point `main`. */
export function programText(parts: ProgramParts): string {
  const bindings = [...parts.inputs, ...parts.weights, parts.output];
  const declared = bindings.map(({ name, lanes, elements }, index) => {
    const access = index === bindings.length - 1 ? "read_write" : "read";
    return `@group(0) @binding(${index}) var<storage, ${access}> ${name}: array<${typeOf(lanes)}, ${elements / lanes}>;`;
  });
  const moved = [
    `${bytesOf(parts.inputs)} bytes of input`,
    ...(parts.weights.length > 0 ? [`${bytesOf(parts.weights)} of weights`] : []),
    `${bytesOf([parts.output])} of output`,
  ];
  const [x, y, z] = parts.workgroupSize;
  const builtins = parts.builtins.map((builtin) => `@builtin(${builtin}) ${builtinNames[builtin]}: vec3<u32>`);
  return [
    ...parts.comment.map((line) => `// ${line}`),
    `// Moves ${moved.join(", ")}.`,
    "",
    ...declared,
    "",
    ...[...new Set(parts.declarations)].flatMap((declaration) => [declaration, ""]),
    `@compute @workgroup_size(${x}, ${y}, ${z})`,
    `fn main(${builtins.join(", ")}) {`,
    ...parts.body.map((line) => (line === "" ? "" : `  ${line}`)),
    "}",
    "",
  ].join("\n");
}

/** A number as WGSL reads it; beyond float32 it is float32's largest, since WGSL refuses what does not fit. */
export function floatLiteral(value: number): string {
  const largest = 3.4028234663852886e38;
  const text = String(Math.max(-largest, Math.min(largest, value)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}
