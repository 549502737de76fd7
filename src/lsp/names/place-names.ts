import { resolveBlock, type ProgramFile } from "../../program/program.ts";
import type { Statement } from "../../syntax/ast.ts";
import { placeKey } from "../places.ts";
import type { Definition } from "./definition.ts";
import { defineBlock, defineLabel, defineNamed } from "./define.ts";
import type { PlaceNames } from "./path-names.ts";

/** Names of what paths can lead to in these files, by the places that lowering claims paths for. */
export function placeNames(files: Iterable<ProgramFile>): PlaceNames {
  const labels = new Map<string, Definition>();
  const prefixes = new Map<string, Definition>();

  function visit(file: ProgramFile, body: readonly Statement[]): void {
    for (const statement of body) {
      switch (statement.kind) {
        case "call-statement": {
          const { label, callee, doc } = statement;
          const block = resolveBlock(file, callee.text);
          if (label !== null) labels.set(placeKey(label.span), defineLabel(label, doc));
          else if (block !== null) prefixes.set(placeKey(callee.span), defineBlock(block));
          break;
        }
        case "table": {
          const { label, block: name, doc, rows } = statement;
          const block = resolveBlock(file, name.text);
          const prefix = label !== null ? defineLabel(label, doc) : block === null ? null : defineBlock(block);
          if (prefix !== null) for (const row of rows) prefixes.set(placeKey(row.span), prefix);
          break;
        }
        case "branch": {
          const { label, doc, paths } = statement;
          if (label !== null) labels.set(placeKey(label.span), defineLabel(label, doc));
          for (const path of paths) {
            if (path.label !== null) labels.set(placeKey(path.label.span), defineLabel(path.label, path.doc));
            visit(file, path.body);
          }
          break;
        }
        case "if":
          visit(file, statement.then);
          visit(file, statement.otherwise ?? []);
          break;
        case "input":
          labels.set(placeKey(statement.name.span), defineNamed(statement));
          break;
        default:
          break;
      }
    }
  }

  for (const file of files) {
    for (const item of file.ast.items) if (item.kind === "network" || item.kind === "block") visit(file, item.body);
  }
  return { labels, prefixes };
}
