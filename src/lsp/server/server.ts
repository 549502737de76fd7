import {
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver";
import { version } from "../../version.ts";
import type { Host } from "./host.ts";
import { featureCapabilities, serveFeatures } from "./serve-features.ts";
import { serveDocuments } from "./serve-documents.ts";
import { readSettings } from "./settings.ts";
import { createWorkspace } from "./workspace.ts";

/** Answers a client until it asks the server to exit. */
export function startServer(connection: Connection, host: Host): void {
  connection.onInitialize((params): InitializeResult => {
    serve(connection, host, params);
    return {
      serverInfo: { name: "mnet", version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...featureCapabilities,
      },
    };
  });
  connection.listen();
}

function serve(connection: Connection, host: Host, params: InitializeParams): void {
  const { debounceMilliseconds, virtualLibrary } = readSettings(params.initializationOptions);
  const workspace = createWorkspace(host, virtualLibrary);
  workspace.setFolders((params.workspaceFolders ?? []).map(({ uri }) => uri));
  serveDocuments(connection, host, workspace, debounceMilliseconds);
  serveFeatures(connection, workspace);
  const { workspace: can } = params.capabilities;
  connection.onInitialized(() => {
    if (can?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        workspace.changeFolders(
          added.map(({ uri }) => uri),
          removed.map(({ uri }) => uri),
        );
      });
    }
    if (can?.didChangeWatchedFiles?.dynamicRegistration === true) {
      const watchers = ["**/*.mnet", "**/mnet.config.json", "**/*.txt"].map((globPattern) => ({ globPattern }));
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
  });
}
