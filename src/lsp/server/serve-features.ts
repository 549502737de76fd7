import {
  CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type Position,
  type ServerCapabilities,
} from "vscode-languageserver";
import { codeActions } from "../code-actions.ts";
import { completion } from "../completion/completion.ts";
import { definition } from "../definition.ts";
import type { DocumentState } from "../document-state.ts";
import { documentSymbols } from "../document-symbols.ts";
import { foldingRanges } from "../folding.ts";
import { graphPicture } from "../graph-picture.ts";
import { formatting } from "../formatting.ts";
import { hover } from "../hover.ts";
import { inlayHints } from "../inlay-hints.ts";
import { references } from "../references.ts";
import { prepareRename, rename, type Refusal } from "../rename.ts";
import { semanticTokens, semanticTokensLegend } from "../semantic-tokens.ts";
import { nextTurn } from "./schedule.ts";
import type { Workspace } from "./workspace.ts";

/** What `serveFeatures` answers. */
export const featureCapabilities: ServerCapabilities = {
  inlayHintProvider: true,
  hoverProvider: true,
  completionProvider: { triggerCharacters: ["=", ".", "/", "(", "|", '"'] },
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentFormattingProvider: true,
  codeActionProvider: {
    codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.SourceFixAll],
  },
  semanticTokensProvider: { legend: semanticTokensLegend, full: true, range: true },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** Answers requests. Each feature is one line: a function of the document as it is when its turn comes. */
export function serveFeatures(connection: Connection, workspace: Workspace): void {
  const { languages } = connection;
  const about = aboutDocument(workspace);

  languages.inlayHint.on(about((state, { range }) => [...inlayHints(state, range)]));
  languages.semanticTokens.on(about((state) => semanticTokens(state, null), { data: [] }));
  languages.semanticTokens.onRange(about((state, { range }) => semanticTokens(state, range), { data: [] }));
  connection.onHover(about((state, { position }) => hover(state, workspace, position)));
  connection.onCompletion(about((state, { position }) => [...completion(state, workspace, position)]));
  connection.onDefinition(about((state, { position }) => definition(state, workspace, position)));
  connection.onReferences(
    about((state, { position, context }) => [...references(state, workspace, position, context.includeDeclaration)]),
  );
  connection.onPrepareRename(about((state, { position }) => orRefuse(prepareRename(state, position))));
  connection.onRenameRequest(
    about((state, { position, newName }) => orRefuse(rename(state, workspace, position, newName))),
  );
  connection.onDocumentSymbol(about((state) => [...documentSymbols(state)]));
  connection.onFoldingRanges(about(({ source }) => [...foldingRanges(source)]));
  connection.onDocumentFormatting(about(({ source }) => [...formatting(source)]));
  connection.onCodeAction(
    about((state, { range, context }) => [...codeActions(state, workspace, range, context.only)]),
  );
  connection.onRequest(
    "mnet/graphPicture",
    about((state, { position }: GraphParams) => graphPicture(state, position ?? null)),
  );
  connection.onRequest("mnet/libraryText", ({ uri }: { readonly uri: string }) => workspace.libraryText(uri));
}

/** What a client asks `mnet/graphPicture` with: the network around the position, or the first, as a `GraphPicture`. */
interface GraphParams {
  readonly textDocument: { readonly uri: string };
  readonly position?: Position | null;
}

type Answered<R> = R | ResponseError<undefined>;

/**
 * Returns a handler that gets the document as it is when its turn comes. It answers with null if the document is gone, and with
 * an error if the request was cancelled.
 */
function aboutDocument(workspace: Workspace) {
  return <P extends { readonly textDocument: { readonly uri: string } }, R>(
      answer: (state: DocumentState, params: P) => Answered<R>,
      nothing: R | null = null,
    ) =>
    async (params: P, token: CancellationToken): Promise<Answered<R>> => {
      await nextTurn();
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      const state = workspace.stateOfUri(params.textDocument.uri);
      // Every request may be answered with null, except those for semantic tokens.
      return state === null ? (nothing as R) : answer(state, params);
    };
}

/** Turns a refusal into an error, which the editor shows to the person who asked. */
function orRefuse<T extends object>(result: T | Refusal): Answered<T> {
  return "refused" in result ? new ResponseError(LSPErrorCodes.RequestFailed, result.refused) : result;
}
