import { resolveBlock } from "../program/resolve-block.ts";
import type { ProgramFile } from "../program/program.ts";
import type { Statement } from "../syntax/ast.ts";
import { bodyOf, walkStatements } from "../syntax/visit.ts";
import { placeKey } from "../text/place-key.ts";
import type { Span } from "../text/span.ts";
import type { Definition } from "./definition.ts";
import { defineBlock, defineLabel, defineNamed } from "./define.ts";

/** What the parts of paths are called after, by the places that lowering claims paths for. */
export interface PlaceNames {
  /** The labels and inputs that begin at a place. */
  readonly labels: ReadonlyMap<string, Definition>;
  /** The names that the parts of paths begin with, by the place of the row, op or branch that makes the part. */
  readonly prefixes: ReadonlyMap<string, Definition>;
}

/** Returns what the parts of paths are called after in these files. */
export function placeNames(files: Iterable<ProgramFile>): PlaceNames {
  const labels = new Map<string, Definition>();
  const prefixes = new Map<string, Definition>();
  const addLabel = (place: Span, definition: Definition) => labels.set(placeKey(place), definition);
  const addPrefix = (place: Span, definition: Definition) => prefixes.set(placeKey(place), definition);
  const addNames = (file: ProgramFile, statement: Statement): void => {
    switch (statement.kind) {
      case "call-statement": {
        const { label, callee, doc } = statement;
        const block = resolveBlock(file, callee.text);
        if (label !== null) addLabel(label.span, defineLabel(label, doc));
        else if (block !== null) addPrefix(callee.span, defineBlock(block));
        break;
      }
      case "table": {
        const { label, block: name, doc, rows } = statement;
        const block = resolveBlock(file, name.text);
        const prefix = label !== null ? defineLabel(label, doc) : block === null ? null : defineBlock(block);
        if (prefix !== null) for (const row of rows) addPrefix(row.span, prefix);
        break;
      }
      case "branch":
        for (const { label, doc } of [statement, ...statement.paths]) {
          if (label !== null) addLabel(label.span, defineLabel(label, doc));
        }
        break;
      case "input":
      case "output":
        addLabel(statement.name.span, defineNamed(statement));
        break;
      default:
        break;
    }
  };
  for (const file of files) {
    for (const item of file.ast.items) walkStatements(bodyOf(item), (statement) => addNames(file, statement));
  }
  return { labels, prefixes };
}
