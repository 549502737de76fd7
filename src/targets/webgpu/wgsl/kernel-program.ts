import {
  placeAccesses,
  viewedElements,
  viewFunction,
  type ChannelView,
  type ViewedBinding,
} from "../schedule/channel-view.ts";
import { storedBytes, type StorageType } from "../schedule/storage-type.ts";
import type { WeightBinder } from "./weight-binder.ts";
import { narrowStores, widenReads, type NarrowBinding } from "./widen-storage.ts";

/** One storage binding; `lanes` is 4 for elements that are vectors of four and 1 for single numbers. */
export interface Binding {
  readonly name: string;
  readonly lanes: 1 | 4;
  /** Numbers. */
  readonly elements: number;
  /** Pixels of a texture, 8 bits a channel, in place of numbers: an element is a pixel. */
  readonly texture?: boolean;
  /** Left out: the value lies alone. Kernels are written as if it did; the binding is of the wider map. */
  readonly view?: ChannelView;
  /** Left out: `f32`. Kernels compute in float32 whatever is stored, and are written as if all were. */
  readonly type?: StorageType;
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
  /** What it is made of. */
  readonly parts: ProgramParts;
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

/** Of one binding. */
export function bindingBytes({ type = "f32", elements }: Binding): number {
  return storedBytes(type, elements);
}

const bytesOf = (bindings: readonly Binding[]) => bindings.reduce((sum, binding) => sum + bindingBytes(binding), 0);

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
    parts,
    cost: { traffic: bytes, ...cost, bytes },
  };
}

/**
 * The same program over values stored otherwise: the values read, in their order, the weights, the output. Loads from `f16` widen
 * to float32, and stores narrow. WGSL mixes no two float types, so a load or store that were missed would not compile.
 */
export function storedAs(
  program: KernelProgram,
  types: { readonly inputs: readonly StorageType[]; readonly weights: StorageType; readonly output: StorageType },
): KernelProgram {
  const { parts } = program;
  if (types.inputs.length !== parts.inputs.length) {
    throw new Error(`internal: ${parts.name} reads ${parts.inputs.length} values, not ${types.inputs.length}`);
  }
  return kernelProgram({
    ...parts,
    inputs: parts.inputs.map((input, index) => ({ ...input, type: types.inputs[index] ?? "f32" })),
    weights: program.weights.map((weight) => ({ ...weight, type: types.weights })),
    output: { ...parts.output, type: types.output },
  });
}

/** The same program over values that lie in wider maps, where a view is given: of what it reads, in order, and of what it writes. */
export function viewedAs(
  { parts }: KernelProgram,
  inputs: readonly (ChannelView | null)[],
  output: ChannelView | null,
): KernelProgram {
  const viewed = (binding: Binding, view: ChannelView | null) => (view === null ? binding : { ...binding, view });
  const name = output === null ? parts.name : `${parts.name}_into_${output.first}of${output.of}`;
  return kernelProgram({
    ...parts,
    name,
    inputs: parts.inputs.map((input, index) => viewed(input, inputs[index] ?? null)),
    output: viewed(parts.output, output),
  });
}

/** `f16` or `vec4<f32>`. */
function elementType({ lanes, type = "f32" }: Binding): string {
  return lanes === 4 ? `vec4<${type}>` : type;
}

function narrowOf(bindings: readonly Binding[]): readonly NarrowBinding[] {
  return bindings
    .filter(({ type }) => type === "f16")
    .map((binding) => ({ name: binding.name, computed: typeOf(binding.lanes), stored: elementType(binding) }));
}

function viewsOf(bindings: readonly Binding[]): readonly ViewedBinding[] {
  return bindings.flatMap(({ name, lanes, view }) => (view === undefined ? [] : [{ name, lanes, view }]));
}

function textOf({ weights = [], ...parts }: ProgramParts): string {
  const bindings = [...parts.inputs, ...weights, parts.output];
  const read = narrowOf([...parts.inputs, ...weights]);
  const written = narrowOf([parts.output]);
  const views = viewsOf(bindings);
  const stored = (code: string) =>
    written.reduce(narrowStores, read.reduce(widenReads, views.reduce(placeAccesses, code)));
  const declared = bindings.map((binding, index) => {
    const { name, lanes, elements, texture, view } = binding;
    const count = view === undefined ? elements : viewedElements(elements, view);
    if (texture === true) return `@group(0) @binding(${index}) var ${name}: texture_2d<f32>;`;
    const access = index === bindings.length - 1 ? "read_write" : "read";
    return `@group(0) @binding(${index}) var<storage, ${access}> ${name}: array<${elementType(binding)}, ${count / lanes}>;`;
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
    ...(read.length + written.length > 0 ? ["enable f16;", ""] : []),
    ...declared,
    "",
    ...views.flatMap((view) => [viewFunction(view), ""]),
    ...[...new Set(parts.declarations)].flatMap((declaration) => [stored(declaration), ""]),
    `@compute @workgroup_size(${x}, ${y}, ${z})`,
    `fn main(${builtins.join(", ")}) {`,
    ...stored(parts.body.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")).split("\n"),
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
