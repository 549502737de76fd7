import { resolveBlock } from "../../program/resolve-block.ts";
import type { Program, ProgramFile } from "../../program/program.ts";
import type { BlockDeclaration, LetDeclaration, NetworkDeclaration, PresetDeclaration } from "../../syntax/ast.ts";

/** A declaration of a file. */
export interface Declaration {
  readonly node: NetworkDeclaration | PresetDeclaration | BlockDeclaration | LetDeclaration;
  readonly file: ProgramFile;
}

/**
 * Returns the declarations that define a network: its own declaration (for a preset also its base), then the blocks
 * and the file-level lets that it uses, in order of first use. The keys are comparable between two versions of a
 * network: `network`, `preset`, `block NAME`, `let NAME`.
 */
export function usedDeclarations(program: Program, network: string): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  const seen = new Set<Declaration["node"]>();
  const pending: Declaration[] = [];
  const use = (key: string, declaration: Declaration): void => {
    if (seen.has(declaration.node)) return;
    seen.add(declaration.node);
    // Two files may each have a block or a let of one name.
    let unique = key;
    for (let n = 2; found.has(unique); n++) unique = `${key} (${n})`;
    found.set(unique, declaration);
    pending.push(declaration);
  };
  const declared = program.networks.get(network);
  const base = declared?.kind === "preset" ? program.networks.get(declared.base.text) : undefined;
  if (declared !== undefined) use(declared.kind, { node: declared, file: program.entry });
  if (base !== undefined) use("network", { node: base, file: program.entry });
  for (let declaration = pending.shift(); declaration !== undefined; declaration = pending.shift()) {
    const { file, node } = declaration;
    const lets = new Map(
      file.ast.items.flatMap((item) => (item.kind === "let" ? [[item.name.text, item] as const] : [])),
    );
    const names = namesIn(node);
    for (const name of names.blocks) {
      const block = resolveBlock(file, name);
      if (block !== null) use(`block ${name}`, { node: block.declaration, file: block.file });
    }
    for (const name of names.values) {
      const value = lets.get(name);
      if (value !== undefined) use(`let ${name}`, { node: value, file });
    }
  }
  return found;
}

interface UsedNames {
  /** The names at the beginning of a statement or a table. */
  readonly blocks: ReadonlySet<string>;
  /** References and functions. */
  readonly values: ReadonlySet<string>;
}

/** Returns the names that a part of the syntax tree uses. */
function namesIn(root: object): UsedNames {
  const blocks = new Set<string>();
  const values = new Set<string>();
  const visit = (node: object): void => {
    if ("kind" in node) {
      if (node.kind === "call-statement" && "callee" in node) blocks.add(textOf(node.callee));
      else if (node.kind === "table" && "block" in node) blocks.add(textOf(node.block));
      else if (node.kind === "call" && "callee" in node) values.add(textOf(node.callee));
      else if (node.kind === "header-cell" && "through" in node) values.add(textOf(node.through));
      else if (node.kind === "reference" && "name" in node) values.add(String(node.name));
    }
    for (const child of Object.values(node) as readonly unknown[]) {
      if (typeof child === "object" && child !== null) visit(child);
    }
  };
  visit(root);
  return { blocks, values };
}

function textOf(name: unknown): string {
  return typeof name === "object" && name !== null && "text" in name ? String(name.text) : "";
}
