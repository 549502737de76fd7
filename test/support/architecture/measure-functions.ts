import ts from "typescript";
import type { Module } from "./read-modules.ts";

export interface FunctionSize {
  /**
   * `src/lower/blame.ts dependsOnUse`; a function without a name has the name of the variable to which it is assigned,
   * or `anonymous`.
   */
  readonly name: string;
  /** From its first line to its last, inner functions included. */
  readonly lines: number;
  readonly parameters: number;
}

/** Measures every function that has a body: declarations, expressions, arrows, methods, constructors and accessors. */
export function measureFunctions({ path, source }: Module): readonly FunctionSize[] {
  const sizes: FunctionSize[] = [];
  const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const lines = lineAt(node.end) - lineAt(node.getStart(source)) + 1;
      sizes.push({ name: `${path} ${nameOf(node, source)}`, lines, parameters: node.parameters.length });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sizes;
}

function nameOf(node: ts.SignatureDeclaration, source: ts.SourceFile): string {
  if (node.name !== undefined) return node.name.getText(source);
  if (ts.isConstructorDeclaration(node)) return "constructor";
  const { parent } = node;
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
    ? parent.name.getText(source)
    : "anonymous";
}
