import type { CompilerClient } from "./compiler-client.ts";
import type { RequestKind } from "./requests.ts";

/** What may take long enough to be felt at the next key press. */
const slow: ReadonlySet<RequestKind> = new Set<RequestKind>(["tfjs", "plan", "findings", "build", "zip"]);

/** One compiler for what follows a key press, and one for what takes long, which is started when it is first asked. */
export function routeRequests(quick: CompilerClient, openSlow: () => CompilerClient): CompilerClient {
  let opened: CompilerClient | null = null;
  return {
    ask: (request, document, ask) => {
      const client = slow.has(request) ? (opened ??= openSlow()) : quick;
      return client.ask(request, document, ask);
    },
  };
}
