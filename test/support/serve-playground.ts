import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { serveFiles } from "../../src/bench/serve-files.ts";

const root = join(import.meta.dirname, "../..");
const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");

export interface ServedPlayground {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The playground's static files, as `npm run build:playground` makes them, on a server that only hands out files. */
export async function servePlayground(): Promise<ServedPlayground> {
  const folder = await mkdtemp(join(tmpdir(), "mnet-playground-"));
  const args = ["build", "--config", "src/playground/vite.config.ts", "--outDir", folder, "--logLevel", "error"];
  // In a process of its own: tests run with NODE_ENV=test, which would make another page.
  await promisify(execFile)(process.execPath, [vite, ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
  });
  const server = await serveFiles((path) => ({ file: join(folder, path === "" ? "index.html" : path) }));
  return {
    url: server.url,
    async close() {
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
