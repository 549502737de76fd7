import { CompletionItemKind } from "vscode-languageserver-types";
import type { FileItem } from "../../syntax/ast.ts";
import type { DocumentState } from "../document-state.ts";
import { defineNamed } from "../../names/define.ts";
import type { Wanted } from "./find-cursor.ts";
import { key, ofDefinition, type Proposal } from "./proposal.ts";

/** Returns the labels and the input of the declaration that the cursor is in. */
export function labelProposals({ names }: DocumentState, item: FileItem | null): readonly Proposal[] {
  if (item === null) return [];
  return names.flatMap(({ role, span, meaning }) => {
    if (role !== "definition" || meaning.kind !== "definition" || span.start < item.span.start) return [];
    const { definition } = meaning;
    const isLabel = definition.kind === "label" || definition.kind === "input";
    return isLabel && span.start < item.span.end ? [ofDefinition(definition, definition.kind)] : [];
  });
}

/** Returns what stands one step below a path of the network: layers, rows, branches. */
export function pathProposals(
  { inspection }: DocumentState,
  item: FileItem | null,
  before: readonly string[],
): readonly Proposal[] {
  const paths = item?.kind === "network" ? inspection.views.get(item.name.text)?.paths : undefined;
  const prefix = before.map((part) => `${part}/`).join("");
  const parts = new Set<string>();
  for (const path of paths?.keys() ?? []) {
    if (path.startsWith(prefix)) parts.add(path.slice(prefix.length).split("/", 1)[0] ?? "");
  }
  return [...parts].map((label) => ({ label, kind: CompletionItemKind.Reference }));
}

/** Returns the networks that a preset can start from, or the params that it can set. */
export function presetProposals(
  { ast }: DocumentState,
  wanted: Extract<Wanted, { kind: "network" | "preset-argument" }>,
  values: readonly Proposal[],
): readonly Proposal[] {
  const networks = ast.items.filter((item) => item.kind === "network");
  if (wanted.kind === "network") return networks.map((network) => ofDefinition(defineNamed(network), "network"));
  const base = networks.find(({ name }) => name.text === wanted.base);
  const params = (base?.body ?? []).flatMap((statement) =>
    statement.kind === "param" && !wanted.taken.includes(statement.name.text)
      ? [key(statement.name.text, statement.doc ?? undefined)]
      : [],
  );
  return [...params, ...values];
}
