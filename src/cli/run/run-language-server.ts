import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { startServer } from "../../lsp/server/server.ts";
import { diskHost } from "./language-server-host.ts";

/** Serves an editor until it ends the stream or the session. All that the process prints goes to standard error. */
export async function runLanguageServer(): Promise<void> {
  const { host, dispose } = diskHost();
  // The connection ends the process when the client asks for it or is gone.
  process.once("exit", dispose);
  // Standard output carries messages, and a stray line there would break them.
  console.log = console.error;
  const connection = createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
  startServer(connection, host);
  await new Promise((resolve) => process.stdin.once("close", resolve));
}
