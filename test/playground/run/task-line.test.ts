import { expect, test, vi } from "vitest";
import { createTaskLine, type Task } from "../../../src/playground/run/task-line.ts";

function lineWithLog() {
  const log: string[] = [];
  const line = createTaskLine({
    busy: (isBusy) => log.push(isBusy ? "busy" : "idle"),
    failed: (cause) => log.push(`failed: ${cause instanceof Error ? cause.message : ""}`),
    stopped: (reason) => log.push(`stopped: ${reason}`),
  });
  const idle = () => vi.waitFor(() => expect(line.isBusy()).toBe(false));
  return { line, log, idle };
}

/** A task that notes its name, and ends when it is told to. */
function openTask(log: string[], name: string) {
  let end = (): void => undefined;
  let fail: (text: string) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = (text) => reject(new Error(text));
  });
  const task: Task = async (signal) => {
    log.push(name);
    await ended;
    signal.throwIfAborted();
  };
  return { task, end, fail };
}

test("one task runs at a time: another is dropped, and of those that wait the last runs next", async () => {
  const { line, log, idle } = lineWithLog();
  const [first, dropped, early, late] = ["first", "dropped", "early", "late"].map((name) => openTask(log, name));
  line.start(first!.task);
  line.start(dropped!.task);
  line.startNext(early!.task);
  line.startNext(late!.task);
  expect(log).toEqual(["busy", "first"]);
  late!.end();
  first!.end();
  await idle();
  await vi.waitFor(() => expect(log).toEqual(["busy", "first", "idle", "busy", "late", "idle"]));
});

test("a task that is stopped says the reason, and the one that waits is dropped", async () => {
  const { line, log, idle } = lineWithLog();
  const first = openTask(log, "first");
  line.start(first.task);
  line.startNext(openTask(log, "waiting").task);
  line.stop("Stopped.");
  first.end();
  await idle();
  expect(log).toEqual(["busy", "first", "idle", "stopped: Stopped."]);
});

test("a failure is told, and the line goes on", async () => {
  const { line, log, idle } = lineWithLog();
  const broken = openTask(log, "broken");
  line.start(broken.task);
  broken.fail("no kernel");
  await idle();
  expect(log).toEqual(["busy", "broken", "failed: no kernel", "idle"]);
  const next = openTask(log, "next");
  line.startNext(next.task);
  next.end();
  await idle();
  expect(log.slice(4)).toEqual(["busy", "next", "idle"]);
});
