import { expect, test } from "vitest";
import { createRequestQueue } from "../../../src/playground/compiler/request-queue.ts";
import type { FromWorker, RequestKind } from "../../../src/playground/compiler/requests.ts";
import { playSession, shippedDocument } from "../play-session.ts";

const document = shippedDocument("tiny.mnet");

async function answersTo(kinds: readonly RequestKind[], ask: null | number = null): Promise<readonly FromWorker[]> {
  const sent: FromWorker[] = [];
  let finished: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finished = resolve));
  const send = (message: FromWorker): void => {
    sent.push(message);
    if (sent.length === kinds.length) finished();
  };
  const queue = createRequestQueue(playSession(), send, () => new Promise((resolve) => setTimeout(resolve)));
  kinds.forEach((request, id) => queue.add({ kind: "request", id, request, document, ask }));
  await done;
  return sent;
}

test("a later request takes the place of one of its kind that still waits", async () => {
  const sent = await answersTo(["analysis", "analysis", "summary", "analysis"]);
  expect(sent.map(({ id, outcome }) => [id, outcome])).toEqual([
    [0, "superseded"],
    [1, "superseded"],
    [3, "answer"],
    [2, "answer"],
  ]);
});

test("what follows a key press goes before what takes long", async () => {
  const sent = await answersTo(["plan", "graph", "completion"], 0);
  expect(sent.map(({ id }) => id)).toEqual([2, 1, 0]);
});

test("what is thrown is told, and the next request is answered", async () => {
  const sent: FromWorker[] = [];
  const session = playSession();
  const queue = createRequestQueue(
    session,
    (message) => sent.push(message),
    () => Promise.resolve(),
  );
  const broken = { ...document, text: "network Net {" };
  queue.add({ kind: "request", id: 0, request: "zip", document: broken, ask: "webgpu" });
  queue.add({ kind: "request", id: 1, request: "format", document, ask: null });
  await expect.poll(() => sent.length).toBe(2);
  expect(sent).toContainEqual({ id: 1, outcome: "answer", answer: [] });
  const failed = sent.find(({ id }) => id === 0);
  expect(failed).toMatchObject({
    outcome: "failed",
    message: expect.stringMatching(/^The network does not compile: /) as string,
  });
});
