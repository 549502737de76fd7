import { Worker } from "node:worker_threads";
import { fileProblem, type FileResult } from "../../formats/file-problem.ts";
import type { Hdf5File } from "../../formats/hdf5-file.ts";
import { workerFile } from "./worker-file.ts";

export interface Hdf5Job {
  readonly bytes: Uint8Array;
  readonly skip: readonly string[];
}

/** A file of 100 MB takes a second. A file that takes this long has caught the library in an endless loop. */
const patienceMs = 30_000;

/**
 * Reads HDF5 in a thread of its own. The thread is ended where a damaged file breaks the library or catches it in an endless loop.
 *
 * @param skip parts of the file that are not read
 * @param file the worker; null reads the file in this thread
 * @param patience milliseconds to wait
 */
export async function readHdf5Apart(
  bytes: Uint8Array,
  skip: readonly string[],
  file = workerFile("hdf5-worker"),
  patience = patienceMs,
): Promise<FileResult<Hdf5File>> {
  if (file === null) {
    const { readHdf5 } = await import("../../formats/read-hdf5.ts");
    return readHdf5(bytes, skip);
  }
  const job: Hdf5Job = { bytes, skip };
  const worker = new Worker(file, { workerData: job });
  let timer: NodeJS.Timeout | undefined;
  const answer = new Promise<FileResult<Hdf5File>>((resolve) => {
    const fail = (found: string): void => {
      resolve({ ok: false, problem: fileProblem("weights/file-format", "an HDF5 file that can be read", found) });
    };
    worker.on("message", resolve);
    worker.on("error", (cause) =>
      fail(`one that breaks HDF5: ${cause instanceof Error ? cause.message : String(cause)}`),
    );
    worker.on("exit", () => fail("one that breaks HDF5"));
    timer = setTimeout(() => fail(`one that HDF5 has not read after ${patience / 1000} s`), patience);
  });
  return answer.finally(() => {
    clearTimeout(timer);
    return worker.terminate();
  });
}
