import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { SweepRow } from "../../analysis/sweep/sweep-row.ts";
import { CliError } from "../failure/cli-error.ts";
import { type SweepJob, variantRunner } from "./sweep-variant.ts";
import { workerFile } from "./worker-file.ts";

/** A thread pays from this many variants on: to start it takes as long as to compile so many small networks. */
const fewestPerWorker = 24;
/** Large enough for few messages, small enough for threads to end together. */
const mostPerMessage = 16;

export interface SweepRun {
  readonly job: SweepJob;
  /** Numbers of the variants to run. */
  readonly indices: readonly number[];
  /** Number of threads; null for as many as there are processors, where that pays. */
  readonly jobs: number | null;
  readonly onProgress: (done: number) => void;
}

/**
 * Runs variants, on several threads where that pays.
 *
 * @returns a row for each of `indices`, in their order
 * @throws CliError where a thread stops
 */
export async function runSweep({ job, indices, jobs, onProgress }: SweepRun): Promise<readonly SweepRow[]> {
  const useful = Math.ceil(indices.length / (jobs === null ? fewestPerWorker : 1));
  const threads = Math.min(jobs ?? availableParallelism(), useful);
  const file = workerFile("sweep-worker");
  if (threads > 1 && file !== null) return runInWorkers(file, threads, { job, indices, onProgress });
  const run = variantRunner(job);
  return indices.map((index, done) => {
    onProgress(done);
    return run(index);
  });
}

function runInWorkers(
  file: URL,
  threads: number,
  { job, indices, onProgress }: Omit<SweepRun, "jobs">,
): Promise<readonly SweepRow[]> {
  const size = Math.max(1, Math.min(mostPerMessage, Math.floor(indices.length / (threads * 4))));
  const rows: SweepRow[] = [];
  let sent = 0;
  let done = 0;
  const workers = Array.from({ length: threads }, () => new Worker(file, { workerData: job }));
  const finished = new Promise<readonly SweepRow[]>((resolve, reject) => {
    const fail = (reason: string): void => {
      reject(new CliError(`A thread of the sweep stopped: ${reason}`, { hint: "Run it in one thread: --jobs 1." }));
    };
    for (const worker of workers) {
      let first = 0;
      const send = (): void => {
        if (sent >= indices.length) return;
        first = sent;
        sent = Math.min(indices.length, first + size);
        worker.postMessage(indices.slice(first, sent));
      };
      worker.on("message", (part: readonly SweepRow[]) => {
        for (const [i, row] of part.entries()) rows[first + i] = row;
        done += part.length;
        onProgress(done);
        if (done === indices.length) resolve(rows);
        else send();
      });
      worker.on("error", (cause) => fail(cause instanceof Error ? cause.message : String(cause)));
      worker.on("exit", () => fail("it ended early"));
      send();
    }
  });
  return finished.finally(() => Promise.all(workers.map((worker) => worker.terminate())));
}
