import type { FileItem, SourceFile, Statement } from "../../syntax/ast.ts";
import type { Definition } from "../names/definition.ts";
import { defineArgument, defineLet, defineNamed, defineParameter } from "../names/define.ts";
import type { ProgramFile } from "../../program/program.ts";

/** Values that can be named at an offset: the file's, the block's parameters, and what the body declares before it. */
export function valuesInSight(
  file: ProgramFile,
  ast: SourceFile,
  item: FileItem | null,
  offset: number,
): readonly Definition[] {
  const values = new Map<string, Definition>();
  const add = (definition: Definition): void => {
    if (definition.name !== "") values.set(definition.name, definition);
  };
  const addBody = (body: readonly Statement[]): void => {
    for (const statement of body) {
      if (statement.span.start >= offset) return;
      switch (statement.kind) {
        case "let":
          if (statement.span.end >= offset) {
            for (const parameter of statement.parameters ?? []) add(defineArgument(parameter, statement));
          } else add(defineLet(statement));
          break;
        case "param":
          if (statement.span.end < offset) add(defineNamed(statement));
          break;
        case "if":
          addBody(statement.then);
          addBody(statement.otherwise ?? []);
          break;
        case "branch":
          for (const path of statement.paths) addBody(path.body);
          break;
        default:
          break;
      }
    }
  };
  for (const other of ast.items) if (other.kind === "let" && other !== item) add(defineLet(other));
  if (item?.kind === "let") for (const parameter of item.parameters ?? []) add(defineArgument(parameter, item));
  if (item?.kind === "block") {
    const entry = { declaration: item, file };
    for (const parameter of item.parameters) {
      if (parameter.span.start < offset) add(defineParameter(entry, parameter));
    }
  }
  if (item?.kind === "block" || item?.kind === "network") addBody(item.body);
  return [...values.values()];
}
