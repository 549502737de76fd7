import type { Connection } from "vscode-languageserver";
import { diagnosticsOf } from "../diagnostics.ts";
import type { Host } from "./host.ts";
import { createSchedule } from "./schedule.ts";
import type { Workspace } from "./workspace.ts";

/** Keeps documents in step with the editor, and publishes their findings after a pause. */
export function serveDocuments(connection: Connection, host: Host, workspace: Workspace, milliseconds: number): void {
  const problems = new Set<string>();
  const schedule = createSchedule(milliseconds, (uri) => {
    const document = workspace.affected([uri]).find((open) => open.uri === uri);
    const state = workspace.stateOfUri(uri);
    if (document === undefined || state === null) return;
    const { problem } = host.lintOptions(state.source.name);
    if (problem !== null && !problems.has(problem)) connection.window.showWarningMessage(problem);
    if (problem !== null) problems.add(problem);
    void connection.sendDiagnostics({ ...document, diagnostics: [...diagnosticsOf(state, workspace)] });
  });
  const publishAround = (uris: readonly string[]): void => {
    for (const { uri } of workspace.affected(uris)) schedule.later(uri);
  };

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version: of, text } }) => {
    workspace.open(uri, languageId, of, text);
    publishAround([uri]);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    workspace.change(textDocument.uri, textDocument.version, contentChanges);
    publishAround([textDocument.uri]);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    workspace.close(uri);
    schedule.drop(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
    publishAround([uri]);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(({ uri }) => uri);
    workspace.forget(uris);
    problems.clear();
    publishAround(uris);
  });
}
