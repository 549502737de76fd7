import type { WeightBinder } from "../weight-binder.ts";

/** One storage binding; `lanes` is 4 for `vec4<f32>` elements and 1 for `f32`. */
export interface Binding {
  readonly name: string;
  readonly lanes: 1 | 4;
  /** Of `f32`. */
  readonly elements: number;
}

/** A weight as a kernel wants it, packed when the network is compiled. */
export interface PackedWeight extends Binding {
  /** Path of the layer whose weight it is. */
  readonly layer: string;
  /** `kernel`, `bias`, `scale`, `shift`; `kernel1` … for the further parts of one that no single binding holds. */
  readonly slot: string;
  /** Order of the axes, `HWIO`; a 4 behind it pads the last one with zeros to vectors of four. */
  readonly layout: string;
  readonly pack: (bind: WeightBinder) => Float32Array;
}

/** What a program makes a device do, for the cost model. Nothing here changes what is computed. */
export interface KernelCost {
  /** Multiply-adds, those computed more than once included. */
  readonly macs: number;
  /** Numbers that invocations read from bindings, each as often as it is read: what caches must deliver. */
  readonly loads: number;
  /** Bytes that leave or enter a core: what each workgroup reads, once, and what it writes. Left out: all bindings, once. */
  readonly traffic?: number;
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
  readonly cost: Required<KernelCost> & {
    /** Of all bindings, each once. */
    readonly bytes: number;
  };
}

export interface ProgramParts {
  /** Stem of the file's name. */
  readonly name: string;
  readonly workgroups: readonly [number, number, number];
  readonly workgroupSize: readonly [number, number, number];
  /** Bytes of workgroup memory; 0 where left out. */
  readonly workgroupBytes?: number;
  readonly cost: KernelCost;
  /** What is computed, who computes what. */
  readonly comment: readonly string[];
  readonly inputs: readonly Binding[];
  readonly weights?: readonly PackedWeight[];
  readonly output: Binding;
  /** Constants and functions, after the bindings; one that is named twice is written once. */
  readonly declarations: readonly string[];
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

/** Puts a program together; its text is comment, bindings, declarations, entry point `main`. */
export function kernelProgram(parts: ProgramParts): KernelProgram {
  const { name, workgroups, workgroupSize, workgroupBytes = 0, weights = [], cost } = parts;
  const bytes = bytesOf([...parts.inputs, ...weights, parts.output]);
  return {
    name,
    wgsl: textOf(parts),
    workgroups,
    workgroupSize,
    workgroupBytes,
    weights,
    cost: { traffic: bytes, ...cost, bytes },
  };
}

function textOf({ weights = [], ...parts }: ProgramParts): string {
  const bindings = [...parts.inputs, ...weights, parts.output];
  const declared = bindings.map(({ name, lanes, elements }, index) => {
    const access = index === bindings.length - 1 ? "read_write" : "read";
    return `@group(0) @binding(${index}) var<storage, ${access}> ${name}: array<${typeOf(lanes)}, ${elements / lanes}>;`;
  });
  const moved = [
    `${bytesOf(parts.inputs)} bytes of input`,
    ...(weights.length > 0 ? [`${bytesOf(weights)} of weights`] : []),
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
