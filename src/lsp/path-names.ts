import type { NetworkView } from "../inspect.ts";
import type { PathReference, SourceFile, Statement } from "../syntax/ast.ts";
import { bodyOf, walkStatements } from "../syntax/visit.ts";
import type { Span } from "../text/span.ts";
import { placeKey } from "../text/place-key.ts";
import type { Occurrence } from "../names/occurrence.ts";
import type { PlaceNames } from "../names/place-names.ts";

/**
 * Returns what the parts of paths stand for (`output early = bottleneck2_1/project`, `shape(stem)`, `path from=stem`). Only
 * lowering knows: it numbers rows, enters blocks and decides each `if`.
 */
export function collectPathNames(
  ast: SourceFile,
  views: ReadonlyMap<string, NetworkView>,
  names: PlaceNames,
): readonly Occurrence[] {
  const occurrences: Occurrence[] = [];
  const starts = new Map(
    [...views.values()].flatMap(({ trace, paths }) =>
      [...trace.starts].map(([reference, body]) => [reference, { body, paths }] as const),
    ),
  );

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
  const tellPath = ({ parts }: PathReference, paths: NetworkView["paths"], body = ""): void => {
    let path = body;
    for (const { text, span } of parts) {
      path = path === "" ? text : `${path}/${text}`;
      const place = paths.get(path);
      if (text !== "" && place !== undefined) tellPart(span, text, place.span);
    }
  };
  for (const item of ast.items) {
    const paths: NetworkView["paths"] =
      (item.kind === "network" ? views.get(item.name.text)?.paths : undefined) ?? new Map();
    walkStatements(bodyOf(item), (statement) => {
      if (statement.kind === "output" && item.kind === "network") tellPath(statement.path, paths);
      if (statement.kind === "assert" && statement.subject.kind === "shape") tellPath(statement.subject.path, paths);
      for (const reference of referencesOf(statement)) {
        const start = starts.get(reference);
        if (start !== undefined) tellPath(reference, start.paths, start.body);
      }
    });
  }
  return occurrences;
}

/** Returns the paths of a statement that lowering finds from the body in which they stand: after `from=`, and in a block's outputs. */
function referencesOf(statement: Statement): readonly PathReference[] {
  switch (statement.kind) {
    case "call-statement":
    case "table":
      return statement.from;
    case "branch":
      return [...statement.from, ...statement.paths.map(({ from }) => from).filter((from) => from !== null)];
    case "output":
      return [statement.path];
    default:
      return [];
  }
}
