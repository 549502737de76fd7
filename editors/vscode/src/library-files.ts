import { workspace, type Disposable } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { libraryScheme } from "./client.ts";

/** Shows files of the block library, read-only, when a definition leads there. */
export function showLibraryFiles(client: LanguageClient): Disposable {
  return workspace.registerTextDocumentContentProvider(libraryScheme, {
    provideTextDocumentContent: (uri) => client.sendRequest<string | null>("mnet/libraryText", { uri: uri.toString() }),
  });
}
