import type { NodeId } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import type {
  AssertDeclaration,
  InputDeclaration,
  LetDeclaration,
  OutputDeclaration,
  ParamDeclaration,
} from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import type { Defaults } from "./defaults.ts";
import type { ProgramFile } from "../../program/program.ts";
import type { Value } from "./value.ts";

/** A declared value. `origin` is where an argument was written, so that what is wrong with it is said there. */
export interface Binding {
  readonly value: Value;
  readonly declared: Span;
  readonly origin: Span | null;
  /** Where its value stands as a literal, in a param, a let or a parameter's default. */
  readonly written: Span | null;
}

/** `let f(x) = …`, with the scope it was written in. */
export interface FunctionBinding {
  readonly declaration: LetDeclaration;
  readonly scope: Scope;
}

/** The value that the next statement reads. `shape` is null after an error, which silences what follows. */
export interface Flow {
  readonly node: NodeId;
  readonly shape: Shape | null;
  /** Total stride since the enclosing block's input; null where none is left. */
  readonly stride: readonly [number, number] | null;
  /** Index of the block instance whose value this is, null for a layer's. */
  readonly block: number | null;
}

/** A value in error: no node has this id, so nothing computed from it has a shape. */
export function unknownFlow(): Flow {
  return { node: -1, shape: null, stride: [1, 1], block: null };
}

export type NetworkItem = ParamDeclaration | InputDeclaration | OutputDeclaration | AssertDeclaration;

/** Where names are looked up and paths are made: a file, a network, a block instance or a path of a branch. */
export interface Scope {
  readonly kind: "file" | "network" | "block" | "path" | "function";
  readonly file: ProgramFile;
  /** Looked in when a value is not found here. A block's is its file, never the network that uses it. */
  readonly parent: Scope | null;
  readonly values: Map<string, Binding>;
  readonly functions: Map<string, FunctionBinding>;
  /** Prefix of the paths made here, `""` for the network. */
  readonly path: string;
  readonly labels: Map<string, Flow>;
  /** How often each name was numbered. */
  readonly counters: Map<string, number>;
  readonly defaults: Defaults;
  /** Input of the enclosing block, for `in.c`; null outside blocks, and `"unknown"` after an error. */
  readonly input: Shape | "unknown" | null;
  /** Index of the enclosing block instance. */
  readonly block: number | null;
  /** The row or statement of the network that led here; null at the network's own level. */
  readonly useSite: Span | null;
  /** Declared name of the enclosing block, for messages. */
  readonly blockName: string | null;
  /** Takes `param`, `input`, `output` and `assert`, which only a network holds; null elsewhere. */
  readonly declareNetworkItem: ((statement: NetworkItem, flow: Flow) => Flow) | null;
}

export function lookupValue(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.values.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

export function lookupFunction(scope: Scope, name: string): FunctionBinding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.functions.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

/** Every value and function name in sight, for "did you mean". */
export function namesInSight(scope: Scope): readonly string[] {
  const names: string[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.parent)
    names.push(...at.values.keys(), ...at.functions.keys());
  return names;
}
