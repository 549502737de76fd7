import { parentPort, workerData } from "node:worker_threads";
import { type SweepJob, variantRunner } from "./sweep-variant.ts";

/** A thread of a sweep. It gets the job when it starts and then lists of variants. It answers each list with its rows. */
const run = variantRunner(workerData as SweepJob);
parentPort?.on("message", (indices: readonly number[]) => {
  parentPort?.postMessage(indices.map(run));
});
