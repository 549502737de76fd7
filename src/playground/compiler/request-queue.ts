import type { FromWorker, RequestKind, ToWorker } from "./requests.ts";
import type { Session } from "./session.ts";

type Request = Extract<ToWorker, { readonly kind: "request" }>;

/** In this order their turns come: what follows a key press goes before what takes long. */
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
 * Answers one request after another. A later request of a kind takes the place of one that still waits; `nextTurn` lets the
 * messages in that arrived meanwhile.
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
