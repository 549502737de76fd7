import { PassThrough } from "node:stream";
import { createConnection } from "vscode-languageserver/node";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import { diskHost } from "../../src/cli/run/language-server-host.ts";
import { startServer } from "../../src/lsp/server/server.ts";
import { openCli } from "./cli-process.ts";

/** A language server and the client side of its connection. */
export interface ServedLanguage {
  readonly connection: MessageConnection;
  /** The exit status of the server's process. Null while it runs, and for a server without a separate process. */
  readonly exitCode: () => number | null;
  readonly stop: () => void;
}

/** Starts the published command in a separate process and connects to its standard streams. */
export function languageServerProcess(): ServedLanguage {
  const cli = openCli();
  const child = cli.start(["lsp", "--stdio"]);
  if (child.stdout === null || child.stdin === null) throw new Error("no pipes");
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  return {
    connection,
    exitCode: () => child.exitCode,
    stop() {
      connection.dispose();
      child.kill();
    },
  };
}

/** Starts the same server in this process, so that its coverage is measured. The messages go through two pipes. */
export function languageServerHere(): ServedLanguage {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const { host, dispose } = diskHost();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, host);
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  return {
    connection,
    exitCode: () => null,
    stop() {
      connection.dispose();
      server.dispose();
      dispose();
    },
  };
}
