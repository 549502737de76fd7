import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import type { ExtensionContext } from "vscode";

/** The scheme of files of the block library, which have no place on disk. */
export const libraryScheme = "mnet";

/** A client of the server that came with the extension; it is not started yet. */
export function createClient(context: ExtensionContext): LanguageClient {
  const server = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.stdio };
  return new LanguageClient("mnet", "mnet", server, {
    documentSelector: ["file", "untitled", libraryScheme].map((scheme) => ({ scheme, language: "mnet" })),
    initializationOptions: { virtualLibrary: true },
  });
}
