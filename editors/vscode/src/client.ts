import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import type { ExtensionContext } from "vscode";

/** The URI scheme of the block library's files, which are not on disk. */
export const libraryScheme = "mnet";

/** Returns a client of the server that comes with the extension. It is not started yet. */
export function createClient(context: ExtensionContext): LanguageClient {
  const server = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.stdio };
  return new LanguageClient("mnet", "mnet", server, {
    documentSelector: ["file", "untitled", libraryScheme].map((scheme) => ({ scheme, language: "mnet" })),
    initializationOptions: { virtualLibrary: true },
  });
}
