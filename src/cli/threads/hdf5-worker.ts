import { parentPort, workerData } from "node:worker_threads";
import { readHdf5 } from "../../formats/read-hdf5.ts";
import type { Hdf5Job } from "./read-hdf5-apart.ts";

/** A thread that reads one HDF5 file. It can be ended at any time. */
const { bytes, skip } = workerData as Hdf5Job;
parentPort?.postMessage(await readHdf5(bytes, skip));
