import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { readHdf5Apart } from "../../src/cli/threads/read-hdf5-apart.ts";
import { openCli, projectRoot } from "../support/cli-process.ts";

const cli = openCli();

const sound = readFileSync(join(projectRoot, "test/fixtures/checkpoints/keras-residual.weights.h5"));
const worker = () => pathToFileURL(join(dirname(cli.file), "hdf5-worker.js"));

test("reads in a thread of its own what is read in this one", async () => {
  const [apart, here] = [await readHdf5Apart(sound, [], worker()), await readHdf5Apart(sound, [], null)];
  expect(apart).toEqual(here);
  expect(apart.ok && apart.value.tensors.size).toBe(34);
});

test("ends the thread where HDF5 turns in circles", async () => {
  const bytes = Uint8Array.from(sound);
  // A damaged node of a group's names, in which HDF5 2.0 loops for ever.
  bytes[2057] = 153;
  const start = performance.now();
  const result = await readHdf5Apart(bytes, [], worker(), 2000);
  expect(result).toMatchObject({ ok: false, problem: { code: "weights/file-format" } });
  expect(result.ok ? "" : result.problem.message).toContain("one that HDF5 has not read after 2 s");
  expect(performance.now() - start).toBeLessThan(10_000);
});

test("says that the thread broke", async () => {
  const result = await readHdf5Apart(sound, [], new URL("data:text/javascript,throw new Error('broken')"));
  expect(result.ok ? "" : result.problem.message).toContain("one that breaks HDF5: broken");
});
