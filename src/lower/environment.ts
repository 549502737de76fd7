import type { NodeId } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type { ProgramFile } from "../program/program.ts";
import type { Expression, LetDeclaration, OutputDeclaration } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";

// Values hold scopes and scopes hold values, so the types of both stand in one file.

/** What an expression stands for. `unknown` is a value in error. Whatever depends on it is not reported. */
export type Value =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "list"; readonly elements: readonly Value[] }
  | SymbolValue
  | { readonly kind: "unknown" };

/** A symbol, such as `relu6` or `batch(eps=1e-3)`. The attribute that takes it decides which symbols it allows. */
export interface SymbolValue {
  readonly kind: "symbol";
  readonly name: string;
  readonly args: readonly SymbolArgument[];
}

/** A value that is given to an attribute. With the expression and the scope of the value, a fault is reported where it was written. */
export interface Argument {
  readonly value: Value;
  readonly expression: Expression;
  readonly scope: Scope;
}

/** A setting in the parentheses of a symbol. Its name is null if it is given by position. */
export interface SymbolArgument extends Argument {
  readonly name: string | null;
}

/** A declared value. `origin` is where an argument was written, so that a fault in its value is reported there. */
export interface Binding {
  readonly value: Value;
  readonly declared: Span;
  readonly origin: Span | null;
  /** The place of the literal that gives the value in a param, a let or a parameter's default; null if there is no such literal. */
  readonly written: Span | null;
}

/** A function, `let f(x) = …`, with the scope that declares it. */
export interface FunctionBinding {
  readonly declaration: LetDeclaration;
  readonly scope: Scope;
}

/** The value that the next statement reads. `shape` is null after an error, so that nothing after it is reported. */
export interface Flow {
  readonly node: NodeId;
  readonly shape: Shape | null;
  /** The total stride since the input of the enclosing block; null after an op that leaves no stride. */
  readonly stride: readonly [number, number] | null;
  /** The index of the block instance that ends with this value; null for the value of a layer. */
  readonly block: number | null;
}

/**
 * The defaults of attributes in a body. A lookup goes from the innermost body outwards, through the places that use blocks. For
 * each attribute the nearest `default` applies.
 */
export interface Defaults {
  readonly own: Map<string, Map<string, Argument>>;
  readonly outer: Defaults | null;
}

/** The names that a piece of the program sees, and the paths that it makes. The piece is a file, a network, a block instance, a path of a branch or a call. */
export interface Scope {
  readonly kind: "file" | "network" | "block" | "path" | "function";
  readonly file: ProgramFile;
  /** The scope to look in next. For a block it is its file, never the network that uses the block. */
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
  /** The values that enter the enclosing block, in the order of its inputs; none outside blocks. */
  readonly entering: readonly Flow[];
  /** The outputs that the body of the enclosing block has declared so far. */
  readonly outputs: OutputDeclaration[];
  /** Index of the enclosing block instance. */
  readonly block: number | null;
  /** The row or statement of the network that led into this block; null in the network itself. */
  readonly useSite: Span | null;
  /** The declared name of the enclosing block, for messages. */
  readonly blockName: string | null;
}
