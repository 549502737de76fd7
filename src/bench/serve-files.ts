import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves the bytes and files that `contentsOf` gives, on localhost. Answers 404 where it gives null. */
export async function serveFiles(
  contentsOf: (path: string) => Uint8Array | { readonly file: string } | null,
): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const found = contentsOf(decodeURIComponent(pathname.slice(1)));
    const name = found !== null && "file" in found ? found.file : pathname;
    const send = (bytes: Uint8Array) =>
      response.setHeader("content-type", types[extname(name)] ?? "application/octet-stream").end(bytes);
    const miss = () => response.writeHead(404).end();
    if (found === null) miss();
    else if ("file" in found) readFile(found.file).then(send, miss);
    else send(found);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
