import { expect, test } from "vitest";
import { createCompilerClient, type WorkerPort } from "../../../src/playground/compiler/compiler-client.ts";
import { createRequestQueue, type RequestQueue } from "../../../src/playground/compiler/request-queue.ts";
import type { FromWorker } from "../../../src/playground/compiler/requests.ts";
import { routeRequests } from "../../../src/playground/compiler/route-requests.ts";
import { createSession } from "../../../src/playground/compiler/session.ts";
import { shippedDocument, shippedSpecs } from "../play-session.ts";

/** Answers messages as the page's worker does, without a thread. */
function openCompiler() {
  const listeners: ((event: MessageEvent<FromWorker>) => void)[] = [];
  let queue: RequestQueue | null = null;
  let asked = 0;
  const send = (data: FromWorker) => {
    for (const listener of listeners) listener({ data } as MessageEvent<FromWorker>);
  };
  const port: WorkerPort = {
    addEventListener: (_type, listener) => listeners.push(listener),
    postMessage(message) {
      if (message.kind === "request") {
        asked++;
        queue?.add(structuredClone(message));
      } else {
        const digitsWeights = () => Promise.reject(new Error("There are none here."));
        const session = createSession({ specs: message.specs, digitsWeights });
        queue = createRequestQueue(session, send, () => new Promise((resolve) => setTimeout(resolve)));
      }
    },
  };
  return { client: createCompilerClient(port, shippedSpecs), asked: () => asked };
}

const tiny = shippedDocument("tiny.mnet");

test("each answer goes to who asked, and null to who was overtaken", async () => {
  const { client } = openCompiler();
  const [overtaken, analysis, summary] = await Promise.all([
    client.ask("analysis", { ...tiny, text: "" }, null),
    client.ask("analysis", tiny, null),
    client.ask("summary", tiny, null),
  ]);
  expect(overtaken).toBeNull();
  expect(analysis?.answer.totals?.params).toBe(summary?.answer?.params.trainable);
});

test("what fails is rejected with its sentence", async () => {
  const { client } = openCompiler();
  await expect(client.ask("zip", shippedDocument("digits.mnet"), "webgpu")).rejects.toThrow("There are none here.");
});

test("what takes long is asked of a second compiler, which is opened for the first such request", async () => {
  const [quick, slow] = [openCompiler(), openCompiler()];
  let opened = 0;
  const client = routeRequests(quick.client, () => {
    opened++;
    return slow.client;
  });
  await client.ask("graph", tiny, null);
  expect(opened).toBe(0);
  await Promise.all([client.ask("plan", tiny, null), client.ask("findings", tiny, null)]);
  await client.ask("analysis", tiny, null);
  expect([opened, quick.asked(), slow.asked()]).toEqual([1, 2, 2]);
});
