import type { BlockEntry } from "../program/program.ts";
import type {
  BlockParameter,
  InputDeclaration,
  LetDeclaration,
  Name,
  NetworkDeclaration,
  OutputDeclaration,
  ParamDeclaration,
  PresetDeclaration,
} from "../syntax/ast.ts";
import type { Definition } from "./definition.ts";

/** Returns the definition of a declaration. */
export function defineNamed(
  node: NetworkDeclaration | PresetDeclaration | ParamDeclaration | InputDeclaration | OutputDeclaration,
): Definition {
  const common = { name: node.name.text, span: node.name.span, doc: node.doc };
  switch (node.kind) {
    case "network":
      return { kind: "network", ...common, node };
    case "preset":
      return { kind: "preset", ...common, node };
    case "param":
      return { kind: "param", ...common, node };
    case "input":
      return { kind: "input", ...common, node };
    case "output":
      return { kind: "output", ...common, node };
  }
}

export function defineLet(node: LetDeclaration): Definition {
  const { name, doc } = node;
  return { kind: node.parameters === null ? "let" : "function", name: name.text, span: name.span, doc, node };
}

export function defineBlock({ declaration: node }: BlockEntry): Definition {
  return { kind: "block", name: node.name.text, span: node.name.span, doc: node.doc, node };
}

export function defineParameter({ declaration }: BlockEntry, node: BlockParameter): Definition {
  return {
    kind: "parameter",
    name: node.name.text,
    span: node.name.span,
    doc: null,
    node,
    block: declaration.name.text,
  };
}

export function defineArgument({ text, span }: Name, owner: LetDeclaration): Definition {
  return { kind: "argument", name: text, span, doc: null, node: owner, function: owner.name.text };
}

export function defineLabel({ text, span }: Name, doc: string | null): Definition {
  return { kind: "label", name: text, span, doc };
}
