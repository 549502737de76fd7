import type { PlayDocument } from "./play-document.ts";
import type { FromWorker, RequestKind, Requests, ToWorker } from "./requests.ts";

export interface CompilerClient {
  /** Returns null if a later request of the same kind replaced this one. Rejects with a sentence for the reader. */
  readonly ask: <K extends RequestKind>(
    request: K,
    document: PlayDocument,
    ask: Requests[K]["ask"],
  ) => Promise<{ readonly answer: Requests[K]["answer"] } | null>;
}

interface Waiting {
  readonly resolve: (value: { readonly answer: never } | null) => void;
  readonly reject: (failure: Error) => void;
}

/** The functions of a `Worker` that the client calls. */
export interface WorkerPort {
  readonly postMessage: (message: ToWorker) => void;
  readonly addEventListener: (type: "message", listener: (event: MessageEvent<FromWorker>) => void) => void;
}

/**
 * Returns a client for the compiler that runs in a worker.
 *
 * @param specs the text of every shipped file, by name
 */
export function createCompilerClient(worker: WorkerPort, specs: ReadonlyMap<string, string>): CompilerClient {
  const waiting = new Map<number, Waiting>();
  let count = 0;
  worker.addEventListener("message", ({ data }) => {
    const found = waiting.get(data.id);
    waiting.delete(data.id);
    switch (data.outcome) {
      case "answer":
        found?.resolve({ answer: data.answer as never });
        break;
      case "superseded":
        found?.resolve(null);
        break;
      case "failed":
        found?.reject(new Error(data.message));
        break;
    }
  });
  worker.postMessage({ kind: "start", specs });
  return {
    ask: (request, document, ask) =>
      new Promise((resolve, reject) => {
        const id = count++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ kind: "request", id, request, document, ask });
      }),
  };
}
