import "./zod-without-eval.ts";
import digitsWeights from "../../../specs/digits.safetensors?url";
import { createRequestQueue, type RequestQueue } from "./request-queue.ts";
import type { FromWorker, ToWorker } from "./requests.ts";
import { createSession } from "./session.ts";

/**
 * The part of a dedicated worker's global scope that this file uses. All other files are compiled with the types of a
 * page.
 */
interface WorkerScope {
  readonly postMessage: (message: FromWorker) => void;
  readonly addEventListener: (type: "message", listener: (event: MessageEvent<ToWorker>) => void) => void;
}

const scope = globalThis as unknown as WorkerScope;

async function fetchDigits(): Promise<Uint8Array> {
  const response = await fetch(digitsWeights);
  if (!response.ok) throw new Error(`The shipped weights cannot be fetched: ${String(response.status)}.`);
  return new Uint8Array(await response.arrayBuffer());
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

let queue: RequestQueue | null = null;

scope.addEventListener("message", ({ data }) => {
  if (data.kind === "start") {
    const session = createSession({ specs: data.specs, digitsWeights: fetchDigits });
    queue = createRequestQueue(session, (message) => scope.postMessage(message), nextTurn);
  } else queue?.add(data);
});
