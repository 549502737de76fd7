import {
  bindingBytes,
  declareBinding,
  viewFunction,
  type Binding,
  type InputBinding,
  type OutputBinding,
  type PackedWeight,
  type TextureBinding,
} from "./binding.ts";

/** What a program makes a device do, for the cost model. Nothing here changes what is computed. */
export interface KernelCost {
  /** Multiply-adds; one that is computed more than once counts each time. */
  readonly macs: number;
  /** Numbers that invocations read from bindings, each as often as it is read: what caches must deliver. */
  readonly loads: number;
  /** Bytes that enter or leave a core: what each workgroup reads, once, and what it writes. Left out: all bindings, once. */
  readonly traffic?: number;
}

/** What a program is made of, and what {@link kernelProgram} keeps of it. */
interface ProgramShape {
  readonly workgroups: readonly [number, number, number];
  readonly workgroupSize: readonly [number, number, number];
  /** The values read, in binding order: the step's inputs, then the values that its epilogue adds. */
  readonly inputs: readonly (InputBinding | TextureBinding)[];
  readonly output: OutputBinding;
}

/**
 * A GPU program for one step: text, launch and weights. Two steps with the same text share one pipeline, so the text names
 * no layer and no address.
 */
export interface KernelProgram extends ProgramShape {
  /** Stem of the file's name. */
  readonly name: string;
  readonly wgsl: string;
  /** Bytes of workgroup memory. */
  readonly workgroupBytes: number;
  /** In binding order, after the values read and before the output. */
  readonly weights: readonly PackedWeight[];
  readonly cost: Required<KernelCost> & {
    /** Bytes of all bindings, each once. */
    readonly bytes: number;
  };
}

export interface ProgramParts extends ProgramShape {
  /** Stem of the file's name. */
  readonly name: string;
  /** Bytes of workgroup memory; 0 where left out. */
  readonly workgroupBytes?: number;
  readonly cost: KernelCost;
  /** What is computed, and which invocation computes what. */
  readonly comment: readonly string[];
  /** The weights of the step, then those of its epilogue. */
  readonly weights: readonly PackedWeight[];
  /** Constants and functions, after the bindings; one that is named twice is written once. */
  readonly declarations: readonly string[];
  readonly builtins: readonly ("global_invocation_id" | "local_invocation_id" | "workgroup_id")[];
  readonly body: readonly string[];
}

const builtinNames = { global_invocation_id: "id", local_invocation_id: "local", workgroup_id: "group" } as const;

const bytesOf = (bindings: readonly Binding[]) => bindings.reduce((sum, binding) => sum + bindingBytes(binding), 0);

/** Puts a program together; its text is comment, bindings, declarations, entry point `main`. */
export function kernelProgram(parts: ProgramParts): KernelProgram {
  const { workgroups, workgroupSize, workgroupBytes = 0, inputs, weights, output, cost } = parts;
  const bytes = bytesOf([...inputs, ...weights, output]);
  const place = output.view === null ? "" : `_into_${output.view.first}of${output.view.of}`;
  return {
    name: `${parts.name}${place}`,
    wgsl: textOf(parts),
    workgroups,
    workgroupSize,
    workgroupBytes,
    inputs,
    weights,
    output,
    cost: { traffic: bytes, ...cost, bytes },
  };
}

/** Tells whether a program reads or writes numbers of 16 bits, which WGSL and devices allow only where they are asked for. */
export function usesHalf({ inputs, weights, output }: Pick<ProgramParts, "inputs" | "weights" | "output">): boolean {
  return [...inputs, ...weights, output].some((binding) => binding.kind !== "texture" && binding.type === "f16");
}

function textOf(parts: ProgramParts): string {
  const { inputs, weights, output } = parts;
  const bindings = [...inputs, ...weights, output];
  const moved = [
    `${bytesOf(inputs)} bytes of input`,
    ...(weights.length > 0 ? [`${bytesOf(weights)} of weights`] : []),
    `${bytesOf([output])} of output`,
  ];
  const [x, y, z] = parts.workgroupSize;
  const builtins = parts.builtins.map((builtin) => `@builtin(${builtin}) ${builtinNames[builtin]}: vec3<u32>`);
  return [
    ...parts.comment.map((line) => `// ${line}`),
    `// Moves ${moved.join(", ")}.`,
    "",
    ...(usesHalf(parts) ? ["enable f16;", ""] : []),
    ...bindings.map(declareBinding),
    "",
    ...bindings.flatMap((binding) => {
      const declaration = viewFunction(binding);
      return declaration === null ? [] : [declaration, ""];
    }),
    ...[...new Set(parts.declarations)].flatMap((declaration) => [declaration, ""]),
    `@compute @workgroup_size(${x}, ${y}, ${z})`,
    `fn main(${builtins.join(", ")}) {`,
    ...parts.body.map((line) => (line === "" ? "" : `  ${line}`)),
    "}",
    "",
  ].join("\n");
}
