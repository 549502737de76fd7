import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { serveFiles } from "../../src/bench/serve-files.ts";

export interface ServedPlayground {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The playground's static files, as `npm run build:playground` makes them, on a server that only hands out files. */
export async function servePlayground(): Promise<ServedPlayground> {
  const outDir = await mkdtemp(join(tmpdir(), "mnet-playground-"));
  const configFile = join(import.meta.dirname, "../../src/playground/vite.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir } });
  const server = await serveFiles((path) => ({ file: join(outDir, path) }));
  return {
    url: server.url,
    async close() {
      server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
