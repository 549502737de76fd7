import type { PlayDocument } from "./play-document.ts";
import type { FromWorker, RequestKind, Requests, ToWorker } from "./requests.ts";

export interface CompilerClient {
  /** Gives null where a later request of the same kind took the place of this one. Rejects with a sentence for people. */
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

/** What the client needs of a `Worker`. */
export interface WorkerPort {
  readonly postMessage: (message: ToWorker) => void;
  readonly addEventListener: (type: "message", listener: (event: MessageEvent<FromWorker>) => void) => void;
}

/**
 * Makes a client of the compiler in its worker.
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
