import type {
  BlockDeclaration,
  BlockParameter,
  InputDeclaration,
  LetDeclaration,
  NetworkDeclaration,
  OutputDeclaration,
  ParamDeclaration,
  PresetDeclaration,
} from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { placeKey } from "../text/place-key.ts";

/** A name that a file declares, with the node that declares it. */
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
  | { readonly kind: "argument"; readonly node: LetDeclaration; readonly function: string }
  /** Of a statement, a table or a path; paths to layers are made of labels. */
  | { readonly kind: "label" }
  | { readonly kind: "input"; readonly node: InputDeclaration }
  | { readonly kind: "output"; readonly node: OutputDeclaration }
);

export type DefinitionKind = Definition["kind"];

/** Returns a key that no two definitions share, also those of different files. */
export function definitionKey({ span }: Pick<Definition, "span">): string {
  return placeKey(span);
}

export function sameDefinition(a: Definition, b: Definition): boolean {
  return definitionKey(a) === definitionKey(b);
}
