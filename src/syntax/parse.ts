import { layOut } from "../../grammar/layout.ts";
import { tokenize } from "../../grammar/lexer.ts";
import { parser } from "../../grammar/parser.ts";
import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../text/source.ts";
import type { FileItem, SourceFile, Stretch } from "./ast.ts";
import { buildItem, type DeclarationContext } from "./build-declarations.ts";
import { countSorted, lastAtOrBelow } from "./sorted-offsets.ts";

export interface ParsedFile {
  readonly file: SourceFile;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Returns a file's syntax tree and its syntax errors. There is a tree even if the text has errors. The time is linear
 * in the length of the text.
 */
export function parseFile(source: Source): ParsedFile {
  const tokenized = tokenize(source);
  if (tokenized.refused) return refused(source, tokenized.diagnostics);
  const layout = layOut(source, tokenized.tokens);
  if (layout.refused) return refused(source, [...tokenized.diagnostics, ...layout.diagnostics]);
  const { cst, problems, incomplete, strayBraces } = parser().parse(source, layout);

  const told = onePerStretch([...tokenized.diagnostics, ...layout.diagnostics], problems, layout.stretches);
  const offsets = told.map(({ span }) => span.start);
  const hasErrorIn = (start: number, end: number): boolean => countSorted(offsets, start, end) > 0;
  const itemStarts = (cst.children.item ?? []).map(({ location }) => location?.startOffset ?? 0);
  const context: DeclarationContext = {
    file: source.name,
    docs: layout.docs,
    found: [],
    hasErrorIn,
    isBroken: (start, end) => {
      const { stretches } = layout;
      const lineStart = source.lineStarts[lastAtOrBelow(source.lineStarts, start)] ?? 0;
      const lineBegin = Math.max(lineStart, stretches[lastAtOrBelow(stretches, start)] ?? 0);
      const lineEnd = (stretches[lastAtOrBelow(stretches, end) + 1] ?? source.text.length + 1) - 1;
      const nextItem = itemStarts[lastAtOrBelow(itemStarts, start) + 1] ?? source.text.length + 1;
      return hasErrorIn(lineBegin, lineEnd) || countSorted(strayBraces, start, nextItem) > 0;
    },
  };
  const items = (cst.children.item ?? []).flatMap((item): FileItem[] => {
    const built = buildItem(context, item);
    return built ? [built] : [];
  });

  const spoiled = new Set(offsets.map((offset) => lastAtOrBelow(layout.stretches, offset)));
  const structural = context.found.filter(({ span }) => !spoiled.has(lastAtOrBelow(layout.stretches, span.start)));
  const diagnostics = [...told, ...structural].sort(byPlace);
  const spoiledStretches = spoiledIn(source, layout.stretches, diagnostics);
  const file: SourceFile = { kind: "file", items, spoiled: spoiledStretches, incomplete, span: wholeFile(source) };
  if (diagnostics.length === 0 && !items.some(declaresNetworkOrBlock)) diagnostics.push(emptyFile(source));
  return { file, diagnostics };
}

/**
 * Returns the errors of the lexer and the layout, and the first error of the parser in each stretch that has none of
 * those. A bad character that is repeated is reported once.
 */
function onePerStretch(
  lexical: readonly Diagnostic[],
  problems: readonly Diagnostic[],
  stretches: readonly number[],
): readonly Diagnostic[] {
  const stretchOf = (diagnostic: Diagnostic): number => lastAtOrBelow(stretches, diagnostic.span.start);
  const told: Diagnostic[] = [];
  const spoiled = new Set<number>();
  for (const diagnostic of [...lexical].sort(byPlace)) {
    const stretch = stretchOf(diagnostic);
    if (diagnostic.code === "syntax/bad-character" && spoiled.has(stretch)) continue;
    spoiled.add(stretch);
    told.push(diagnostic);
  }
  for (const diagnostic of problems) {
    const stretch = stretchOf(diagnostic);
    // A brace that is never closed is always reported, even if its line has another error before it.
    const independent = diagnostic.code === "syntax/unclosed-brace";
    if (spoiled.has(stretch) && !independent) continue;
    if (!independent) spoiled.add(stretch);
    told.push(diagnostic);
  }
  return told.sort(byPlace);
}

function spoiledIn(
  source: Source,
  stretches: readonly number[],
  diagnostics: readonly Diagnostic[],
): readonly Stretch[] {
  const indices = new Set(diagnostics.map(({ span }) => lastAtOrBelow(stretches, span.start)));
  return [...indices].map((index) => ({
    start: stretches[index] ?? 0,
    end: stretches[index + 1] ?? source.text.length + 1,
  }));
}

function refused(source: Source, diagnostics: readonly Diagnostic[]): ParsedFile {
  const span = wholeFile(source);
  const file: SourceFile = { kind: "file", items: [], spoiled: [span], incomplete: true, span };
  return { file, diagnostics: [...diagnostics].sort(byPlace) };
}

function declaresNetworkOrBlock({ kind }: FileItem): boolean {
  return kind === "network" || kind === "block" || kind === "preset";
}

function emptyFile(source: Source): Diagnostic {
  const span = { file: source.name, start: 0, end: 0 };
  return error("syntax/empty-file", span, "The file declares no network and no block.", {
    hint: "Write network NAME { … } or block NAME(…) { … }.",
  });
}

function wholeFile(source: Source): SourceFile["span"] {
  return { file: source.name, start: 0, end: source.text.length };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.span.start - b.span.start;
}
