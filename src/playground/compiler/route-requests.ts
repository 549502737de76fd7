import type { CompilerClient } from "./compiler-client.ts";
import type { RequestKind } from "./requests.ts";

/** Requests that may take long enough to be felt at the next key press. */
const slow: ReadonlySet<RequestKind> = new Set<RequestKind>(["tfjs", "plan", "findings", "build", "zip"]);

/** Makes a client of two compilers: one for requests that follow a key press, and one for those that take long. The second is started when it is first asked. */
export function routeRequests(quick: CompilerClient, openSlow: () => CompilerClient): CompilerClient {
  let opened: CompilerClient | null = null;
  return {
    ask: (request, document, ask) => {
      const client = slow.has(request) ? (opened ??= openSlow()) : quick;
      return client.ask(request, document, ask);
    },
  };
}
