import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const WORKER = "service-worker.js";

/**
 * Returns the plugin that writes the service worker, which caches the built files. The worker contains their names and
 * a hash of their contents, so each new build has a new worker.
 */
export function precache(): Plugin {
  return {
    name: "mnet-precache",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const files = Object.values(bundle).sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
        const hash = createHash("sha256");
        for (const file of files) hash.update(file.fileName).update(file.type === "asset" ? file.source : file.code);
        const names = files.map(({ fileName }) => fileName).filter((name) => name !== WORKER);
        const kept = { version: hash.digest("hex").slice(0, 16), files: names };
        const text = readFileSync(join(import.meta.dirname, WORKER), "utf8");
        const source = text.replace("/* what is kept */ null", JSON.stringify(kept));
        if (source === text) throw new Error("internal: the service worker has no place for its files");
        this.emitFile({ type: "asset", fileName: WORKER, source });
      },
    },
  };
}
