import type { FromWorker, RequestKind, ToWorker } from "./requests.ts";
import type { Session } from "./session.ts";

type Request = Extract<ToWorker, { readonly kind: "request" }>;

/** The priority of each kind of request: requests after a key press come before requests that take long. */
const order: readonly RequestKind[] = [
  "completion",
  "analysis",
  "hover",
  "format",
  "graph",
  "summary",
  "tfjs",
  "plan",
  "findings",
  "build",
  "zip",
];

export interface RequestQueue {
  readonly add: (request: Request) => void;
}

/**
 * Returns a queue that answers one request after another. A new request replaces a waiting request of the same kind.
 *
 * @param nextTurn waits until the messages that arrived in the meantime are in the queue
 */
export function createRequestQueue(
  session: Session,
  send: (message: FromWorker) => void,
  nextTurn: () => Promise<void>,
): RequestQueue {
  const waiting = new Map<RequestKind, Request>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    for (;;) {
      await nextTurn();
      const kind = order.find((candidate) => waiting.has(candidate));
      const request = kind === undefined ? undefined : waiting.get(kind);
      if (kind === undefined || request === undefined) break;
      waiting.delete(kind);
      send(await answerTo(session, request));
    }
    running = false;
  }

  return {
    add(request) {
      const earlier = waiting.get(request.request);
      if (earlier !== undefined) send({ id: earlier.id, outcome: "superseded" });
      waiting.set(request.request, request);
      if (!running) void run();
    },
  };
}

async function answerTo(session: Session, { id, request, document, ask }: Request): Promise<FromWorker> {
  try {
    return { id, outcome: "answer", answer: await session.answer(request, document, ask) };
  } catch (failure) {
    return { id, outcome: "failed", message: failure instanceof Error ? failure.message : String(failure) };
  }
}
