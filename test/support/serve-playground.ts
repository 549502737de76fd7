import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { inject, vi } from "vitest";
import { serveFiles } from "../../src/bench/serve-files.ts";

const root = join(import.meta.dirname, "../..");
const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");

export interface ServedPlayground {
  readonly url: string;
  readonly close: () => void;
}

/** Builds the page into a folder, as `npm run build:playground` does. */
async function buildPlayground(folder: string): Promise<void> {
  const args = ["build", "--config", "src/playground/vite.config.ts", "--outDir", folder, "--logLevel", "error"];
  // The build runs in a separate process, because tests run with NODE_ENV=test, which would give a different page.
  await promisify(execFile)(process.execPath, [vite, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
  });
}

/**
 * Returns the folder of the built page. The first process of a test run builds the page, and the other processes wait
 * for it. The folder is in the folder of the bundled command line, and is deleted with it.
 */
async function builtPlayground(): Promise<string> {
  const folder = join(inject("cliFolder"), "playground");
  try {
    // Only one of the processes succeeds in creating this folder.
    await mkdir(folder);
  } catch {
    await vi.waitUntil(() => existsSync(join(folder, "built")), { timeout: 120_000, interval: 100 });
    return join(folder, "built");
  }
  await buildPlayground(join(folder, "begun"));
  await rename(join(folder, "begun"), join(folder, "built"));
  return join(folder, "built");
}

/** Serves the playground's static files from a server that only serves files. */
export async function servePlayground(): Promise<ServedPlayground> {
  const folder = await builtPlayground();
  const server = await serveFiles((path) => ({ file: join(folder, path === "" ? "index.html" : path) }));
  return { url: server.url, close: () => server.close() };
}
