import {
  CodeActionKind,
  type CodeAction,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-types";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { formatShape } from "../ir/shape.ts";
import { fixSpec } from "../lint/fix-spec.ts";
import { rules } from "../lint/rules/index.ts";
import { smallestEdit } from "./formatting.ts";
import type { DocumentState } from "./document-state.ts";
import { ignoreEdit } from "./ignore-edit.ts";
import { layerPlaceAt } from "./place-at.ts";
import { offsetOf, rangeOf } from "./places.ts";
import { placeKey } from "../text/place-key.ts";
import { isLibrary, type Project } from "./project.ts";
import { diagnosticOf } from "./diagnostics.ts";

/** Returns what can be done about a range: fix its findings, ignore those of rules, and state the shape that comes out. */
export function codeActions(
  state: DocumentState,
  project: Project,
  range: Range,
  only: readonly string[] | undefined,
): readonly CodeAction[] {
  const { source, findings } = state;
  const from = offsetOf(source, range.start);
  const to = offsetOf(source, range.end);
  const here = findings.filter(({ span }) => span.file === source.name && span.start <= to && from <= span.end);
  // Fixes are tried out only now, to say how they change the figures.
  const measured = here.some(({ fix }) => fix !== null) ? state.measured : [];
  // Whole files are fixed on request only, for example on saving, since trying all fixes takes long.
  if (only?.some((kind) => kind.startsWith(CodeActionKind.Source)) === true)
    return fixAllActions(state, project, findings);
  return [
    ...here.flatMap((finding) => fixActions(state, project, finding, measured)),
    ...here.flatMap((finding) => ignoreActions(state, project, finding)),
    ...shapeActions(state, project, from),
  ];
}

function fixActions(
  state: DocumentState,
  project: Project,
  finding: Diagnostic,
  measured: readonly Diagnostic[],
): readonly CodeAction[] {
  const { code, span } = finding;
  const same = measured.find(
    (other) => other.code === code && other.span.start === span.start && other.span.end === span.end,
  );
  const fix = same === undefined ? finding.fix : same.fix;
  const edit = fix === null ? null : fixEdit(state, project, fix);
  if (fix === null || edit === null) return [];
  const diagnostics = [diagnosticOf(state, project, finding)];
  return [
    {
      title: fix.message,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      edit,
      isPreferred: fix.safety === "safe" || code.includes("/"),
    },
  ];
}

/** Returns the edits of a fix; null if it would change the block library. */
function fixEdit(state: DocumentState, project: Project, { edits }: Fix): WorkspaceEdit | null {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, text } of edits) {
    const source = state.program.sources.get(span.file);
    if (source === undefined || isLibrary(span.file)) return null;
    const uri = project.uriOf(span.file);
    changes[uri] = [...(changes[uri] ?? []), { range: rangeOf(source, span), newText: text }];
  }
  return { changes };
}

function ignoreActions(state: DocumentState, project: Project, finding: Diagnostic): readonly CodeAction[] {
  const rule = rules.find(({ id }) => id === finding.code);
  if (rule?.over !== "network" && rule?.over !== "file") return [];
  return [
    {
      title: `Ignore ${rule.id} here, with a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(state, project, finding)],
      edit: {
        changes: { [project.uriOf(state.source.name)]: [ignoreEdit(state.source, rule.id, finding.span.start)] },
      },
    },
  ];
}

/** Returns an action that states the shape that comes out, so that a later change of the shape is an error. */
function shapeActions(state: DocumentState, project: Project, offset: number): readonly CodeAction[] {
  const place = layerPlaceAt(state.ast, offset);
  if (place?.kind !== "statement" || place.statement.kind === "table" || place.statement.expectedShape !== null)
    return [];
  const { span } = place.statement;
  const output = state.figures.byPlace.get(placeKey(span))?.output ?? null;
  if (output === null) return [];
  const shape = output.length === 3 ? formatShape(output) : `[${output.join(", ")}]`;
  const edit: TextEdit = { range: rangeOf(state.source, { start: span.end, end: span.end }), newText: ` -> ${shape}` };
  return [
    {
      title: `State the output shape, ${shape}`,
      kind: CodeActionKind.RefactorRewrite,
      edit: { changes: { [project.uriOf(state.source.name)]: [edit] } },
    },
  ];
}

/** Returns an action that applies all safe fixes at once, as `mnet lint --fix` does. */
function fixAllActions(state: DocumentState, project: Project, findings: readonly Diagnostic[]): readonly CodeAction[] {
  if (!findings.some(({ fix }) => fix?.safety === "safe")) return [];
  const { source, program, lintOptions } = state;
  const request = { network: null, set: new Map<string, string>(), read: program.read };
  const { changed } = fixSpec(source, request, false, { ...lintOptions, measure: false });
  const changes: Record<string, TextEdit[]> = {};
  for (const [name, { text }] of changed) {
    const before = name === source.name ? source : program.sources.get(name);
    if (before !== undefined) changes[project.uriOf(name)] = [smallestEdit(before, text)];
  }
  if (Object.keys(changes).length === 0) return [];
  return [{ title: "Apply all safe fixes", kind: CodeActionKind.SourceFixAll, edit: { changes } }];
}
