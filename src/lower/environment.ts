import type { NodeId } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type { ProgramFile } from "../program/program.ts";
import type { Expression, LetDeclaration } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";

// Values hold the scopes they were written in, and scopes hold values: the types of both stand here together.

/** What an expression stands for. `unknown` is a value in error: it silences whatever depends on it. */
export type Value =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "list"; readonly elements: readonly Value[] }
  | SymbolValue
  | { readonly kind: "unknown" };

/** A symbol (`relu6`) or one with settings (`batch(eps=1e-3)`); the attribute that takes it decides what it may be. */
export interface SymbolValue {
  readonly kind: "symbol";
  readonly name: string;
  readonly args: readonly SymbolArgument[];
}

/** A value given to an attribute, with the expression and scope it came from, so that a fault is reported where it was written. */
export interface Argument {
  readonly value: Value;
  readonly expression: Expression;
  readonly scope: Scope;
}

/** A setting in the parentheses of a symbol; its name is null where it is given by position. */
export interface SymbolArgument extends Argument {
  readonly name: string | null;
}

/** A declared value. `origin` is where an argument was written, so that a fault in its value is reported there. */
export interface Binding {
  readonly value: Value;
  readonly declared: Span;
  readonly origin: Span | null;
  /** The place of the literal that gives its value, in a param, a let or a parameter's default. */
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
  /** Total stride since the enclosing block's input; null after an op that leaves none. */
  readonly stride: readonly [number, number] | null;
  /** Index of the block instance whose value this is, null for a layer's. */
  readonly block: number | null;
}

/**
 * Attribute defaults in force. Looked up from the innermost body outwards along the places of use, so the nearest
 * `default` wins attribute by attribute.
 */
export interface Defaults {
  readonly own: Map<string, Map<string, Argument>>;
  readonly outer: Defaults | null;
}

/** Where names are looked up and paths are made: a file, a network, a block instance, a path of a branch or a call. */
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
}
