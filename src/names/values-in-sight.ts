import type { ProgramFile } from "../program/program.ts";
import type { FileItem } from "../syntax/ast.ts";
import { defineLet } from "./define.ts";
import type { Definition } from "./definition.ts";
import { namesOf } from "./resolve-declaration.ts";

/**
 * Returns the values that can be named at an offset of a file: the file's own, the parameters of the block, and what the body
 * declares before the offset.
 *
 * @param item The declaration that the offset lies in; null between declarations.
 */
export function valuesInSight(file: ProgramFile, item: FileItem | null, offset: number): readonly Definition[] {
  const values = new Map<string, Definition>();
  for (const other of file.ast.items) {
    if (other.kind === "let" && other !== item && other.name.text !== "") values.set(other.name.text, defineLet(other));
  }
  for (const { role, meaning } of item === null ? [] : namesOf(file, item).occurrences) {
    if (role !== "definition" || meaning.kind !== "definition") continue;
    if (isInSight(meaning.definition, offset)) values.set(meaning.definition.name, meaning.definition);
  }
  return [...values.values()];
}

function isInSight(definition: Definition, offset: number): boolean {
  switch (definition.kind) {
    case "let":
    case "function":
    case "param":
      return definition.node.span.end < offset;
    case "argument":
      return definition.node.span.start < offset && offset <= definition.node.span.end;
    case "parameter":
      return definition.node.span.start < offset;
    default:
      return false;
  }
}
