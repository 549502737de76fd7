import type { CompilerClient } from "./compiler-client.ts";
import type { RequestKind } from "./requests.ts";

/** Requests that may take so long that they would delay the answer to the next key press. */
const slow: ReadonlySet<RequestKind> = new Set<RequestKind>(["tfjs", "plan", "findings", "build", "zip"]);

/**
 * Returns a client that uses two compilers: one for requests after a key press, and one for requests that take long.
 * The second compiler starts at its first request.
 */
export function routeRequests(quick: CompilerClient, openSlow: () => CompilerClient): CompilerClient {
  let opened: CompilerClient | null = null;
  return {
    ask: (request, document, ask) => {
      const client = slow.has(request) ? (opened ??= openSlow()) : quick;
      return client.ask(request, document, ask);
    },
  };
}
