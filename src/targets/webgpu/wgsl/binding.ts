import { viewedElements, type ChannelView } from "../schedule/channel-view.ts";
import { storedBytes, type StorageType } from "../schedule/storage-type.ts";
import { ALONE, type ValueLayout } from "../schedule/step-layout.ts";
import type { WeightBinder } from "./weight-binder.ts";

/** A storage buffer of numbers. Kernels compute in float32, and see each value as if it lay alone. */
interface NumberBinding {
  readonly name: string;
  /** 4 for elements that are vectors of four, 1 for single numbers. */
  readonly lanes: 1 | 4;
  /** Numbers of the value. */
  readonly elements: number;
  /** The type that the numbers are stored as. */
  readonly type: StorageType;
  /** The channels of a wider map that the value is, where the whole map is bound; null where the value lies alone. */
  readonly view: ChannelView | null;
}

/** A buffer that a kernel reads by {@link load}. */
export interface InputBinding extends NumberBinding {
  readonly kind: "input";
}

/** The buffer that a kernel writes by {@link store}. */
export interface OutputBinding extends NumberBinding {
  readonly kind: "output";
}

/** A texture of 8 bits a channel, which a kernel reads pixel by pixel. */
export interface TextureBinding {
  readonly kind: "texture";
  readonly name: string;
  readonly pixels: number;
}

/** A weight in the layout that a kernel reads. It is packed when the network is compiled. */
export interface PackedWeight extends InputBinding {
  /** Path of the layer whose weight it is. */
  readonly layer: string;
  /** `kernel`, `bias`, `scale`, `shift`; `kernel1` and so on for further parts of a kernel that no single binding holds. */
  readonly slot: string;
  /** Order of the axes, `HWIO`. A 4 at the end says that the last axis is padded with zeros to vectors of four. */
  readonly layout: string;
  readonly pack: (bind: WeightBinder) => Float32Array;
}

export type Binding = InputBinding | OutputBinding | TextureBinding;

/** Makes the binding of a value that a kernel reads. */
export function inputBinding(
  name: string,
  lanes: 1 | 4,
  elements: number,
  { type, view }: ValueLayout = ALONE,
): InputBinding {
  return { kind: "input", name, lanes, elements, type, view };
}

/** Makes the binding of the value that a kernel writes. */
export function outputBinding(lanes: 1 | 4, elements: number, { type, view }: ValueLayout): OutputBinding {
  return { kind: "output", name: "output", lanes, elements, type, view };
}

/** Returns the expression that reads element `at` (an expression of type u32), in float32. */
export function load(binding: InputBinding, at: string): string {
  const element = elementAt(binding, at);
  return binding.type === "f32" ? element : `${typeOf(binding.lanes)}(${element})`;
}

/** Returns the statement that writes an expression in float32 to element `at`. */
export function store(binding: OutputBinding, at: string, value: string): string {
  const stored = binding.type === "f32" ? value : `${storedType(binding)}(${value})`;
  return `${elementAt(binding, at)} = ${stored};`;
}

function elementAt({ name, view }: NumberBinding, at: string): string {
  return view === null ? `${name}[${at}]` : `${name}[${name}_at(${at})]`;
}

/** Returns the declaration of a binding, `@group(0) @binding(index) var …`. */
export function declareBinding(binding: Binding, index: number): string {
  const place = `@group(0) @binding(${index})`;
  if (binding.kind === "texture") return `${place} var ${binding.name}: texture_2d<f32>;`;
  const { kind, name, lanes, elements, view } = binding;
  const count = view === null ? elements : viewedElements(elements, view);
  const access = kind === "output" ? "read_write" : "read";
  return `${place} var<storage, ${access}> ${name}: array<${storedType(binding)}, ${count / lanes}>;`;
}

/** Returns the function that {@link load} and {@link store} call to find an element of a view in its map; null where there is none. */
export function viewFunction(binding: Binding): string | null {
  if (binding.kind === "texture" || binding.view === null) return null;
  const { name, lanes, view } = binding;
  const [channels, first, of] = [view.channels, view.first, view.of].map((count) => count / lanes);
  const channel = `at % ${channels}u${first === 0 ? "" : ` + ${first}u`}`;
  return `// Channels ${view.first} to ${view.first + view.channels - 1} of ${view.of}.\nfn ${name}_at(at: u32) -> u32 {\n  return at / ${channels}u * ${of}u + ${channel};\n}`;
}

/** Returns the type that a kernel computes in: `f32` or `vec4<f32>`. */
export function typeOf(lanes: 1 | 4): string {
  return lanes === 4 ? "vec4<f32>" : "f32";
}

/** Returns zero of the type that a kernel computes in. */
export function zeroOf(lanes: 1 | 4): string {
  return lanes === 4 ? "vec4<f32>()" : "0.0";
}

function storedType({ lanes, type }: NumberBinding): string {
  return lanes === 4 ? `vec4<${type}>` : type;
}

/** Returns 4 where runs of each of these lengths can be read as vectors of four, else 1. */
export function lanesFor(...elements: readonly number[]): 1 | 4 {
  return elements.every((count) => count % 4 === 0) ? 4 : 1;
}

/** Counts the bytes of a binding's value; a pixel of a texture has 4. */
export function bindingBytes(binding: Binding): number {
  return binding.kind === "texture" ? 4 * binding.pixels : storedBytes(binding.type, binding.elements);
}
