import type { NetworkView } from "../../inspect.ts";
import type { PathReference, SourceFile, Statement } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import { placeKey } from "../places.ts";
import type { Definition } from "./definition.ts";
import type { Occurrence } from "./occurrence.ts";

/** What begins at a place, by its key: definitions of labels, and names that rows and unlabelled layers are called after. */
export interface PlaceNames {
  readonly labels: ReadonlyMap<string, Definition>;
  /** By where a row, op or branch stands, the name that the part of its path begins with. */
  readonly prefixes: ReadonlyMap<string, Definition>;
}

/**
 * What the parts of paths stand for (`output early = bottleneck2_1/project`, `shape(stem)`, `path from=stem`), which lowering
 * alone knows: rows are numbered, blocks are entered, `if` is decided.
 */
export function collectPathNames(
  ast: SourceFile,
  views: ReadonlyMap<string, NetworkView>,
  names: PlaceNames,
): readonly Occurrence[] {
  const occurrences: Occurrence[] = [];
  const starts = new Map([...views.values()].flatMap(({ trace }) => [...trace.starts]));

  const tellPart = (span: Span, text: string, place: Span): void => {
    const label = names.labels.get(placeKey(place));
    if (label?.name === text) {
      occurrences.push({ span, role: "use", meaning: { kind: "definition", definition: label } });
      return;
    }
    occurrences.push({ span, role: "use", meaning: { kind: "place", span: place } });
    const prefix = names.prefixes.get(placeKey(place));
    if (prefix !== undefined && text.startsWith(prefix.name)) {
      const end = span.start + prefix.name.length;
      occurrences.push({ span: { ...span, end }, role: "part", meaning: { kind: "definition", definition: prefix } });
    }
  };
  const tellPath = ({ parts }: PathReference, paths: NetworkView["paths"]): void => {
    let path = "";
    for (const { text, span } of parts) {
      path = path === "" ? text : `${path}/${text}`;
      const place = paths.get(path);
      if (text !== "" && place !== undefined) tellPart(span, text, place.span);
    }
  };
  const visit = (body: readonly Statement[], paths: NetworkView["paths"]): void => {
    for (const statement of body) {
      if (statement.kind === "output") tellPath(statement.path, paths);
      else if (statement.kind === "assert" && statement.subject.kind === "shape")
        tellPath(statement.subject.path, paths);
      else if (statement.kind === "if") {
        visit(statement.then, paths);
        visit(statement.otherwise ?? [], paths);
      } else if (statement.kind === "branch") {
        for (const { from, body: inner } of statement.paths) {
          const place = from === null ? undefined : starts.get(from);
          const [part] = from?.parts ?? [];
          if (part !== undefined && place !== undefined) tellPart(part.span, part.text, place);
          visit(inner, paths);
        }
      }
    }
  };
  for (const item of ast.items) {
    if (item.kind === "network") visit(item.body, views.get(item.name.text)?.paths ?? new Map());
    else if (item.kind === "block") visit(item.body, new Map());
  }
  return occurrences;
}
