import type {
  BlockDeclaration,
  BlockParameter,
  InputDeclaration,
  LetDeclaration,
  NetworkDeclaration,
  OutputDeclaration,
  ParamDeclaration,
  PresetDeclaration,
} from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import { placeKey } from "../places.ts";

/** A name that a file declares, with all that stands behind it. */
export type Definition = {
  readonly name: string;
  /** Of the name itself. */
  readonly span: Span;
  readonly doc: string | null;
} & (
  | { readonly kind: "network"; readonly node: NetworkDeclaration }
  | { readonly kind: "preset"; readonly node: PresetDeclaration }
  | { readonly kind: "block"; readonly node: BlockDeclaration }
  | { readonly kind: "parameter"; readonly node: BlockParameter; readonly block: string }
  | { readonly kind: "param"; readonly node: ParamDeclaration }
  | { readonly kind: "let"; readonly node: LetDeclaration }
  | { readonly kind: "function"; readonly node: LetDeclaration }
  /** A parameter of a `let f(x) = …`. */
  | { readonly kind: "argument"; readonly function: string }
  /** Of a statement, a table or a path: a part of what weights and outputs are called by. */
  | { readonly kind: "label" }
  | { readonly kind: "input"; readonly node: InputDeclaration }
  | { readonly kind: "output"; readonly node: OutputDeclaration }
);

export type DefinitionKind = Definition["kind"];

/** What tells one definition from all others, in whichever file it is met. */
export function definitionKey({ span }: Pick<Definition, "span">): string {
  return placeKey(span);
}

export function sameDefinition(a: Definition, b: Definition): boolean {
  return definitionKey(a) === definitionKey(b);
}
