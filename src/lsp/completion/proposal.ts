import { CompletionItemKind } from "vscode-languageserver-types";
import type { Definition, DefinitionKind } from "../../names/definition.ts";

/** One thing that may be written. */
export interface Proposal {
  readonly label: string;
  /** What is written if it differs from the label. */
  readonly insert?: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
}

const kinds: Readonly<Record<DefinitionKind, CompletionItemKind>> = {
  network: CompletionItemKind.Class,
  preset: CompletionItemKind.Class,
  block: CompletionItemKind.Function,
  parameter: CompletionItemKind.Variable,
  param: CompletionItemKind.Variable,
  let: CompletionItemKind.Constant,
  function: CompletionItemKind.Function,
  argument: CompletionItemKind.Variable,
  label: CompletionItemKind.Reference,
  input: CompletionItemKind.Reference,
  output: CompletionItemKind.Reference,
};

export function keyword(label: string): Proposal {
  return { label, kind: CompletionItemKind.Keyword };
}

export function key(label: string, doc?: string): Proposal {
  return { label, insert: `${label}=`, kind: CompletionItemKind.Property, ...(doc !== undefined && { doc }) };
}

export function ofDefinition({ kind, name, doc }: Definition, detail: string): Proposal {
  return {
    label: name,
    ...(kind === "function" && { insert: `${name}(` }),
    kind: kinds[kind],
    detail,
    ...(doc !== null && { doc }),
  };
}
