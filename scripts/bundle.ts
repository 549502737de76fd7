import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCode } from "./bundle-code.ts";

/**
 * Bundles the command line and the library into dist/, with declarations: `bin` must start fast, and chevrotain alone costs
 * more as separate files than the whole bundle. Runs as npm's `prepare`.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

function declarations(folder: string): Promise<void> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const child = spawn(process.execPath, [compiler, "-p", "tsconfig.types.json", "--outDir", join(folder, "types")], {
    cwd: root,
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`tsc ended with ${String(code)}`));
    });
  });
}

// Writes into a folder beside it first: a process that uses dist/ meanwhile sees the old or the new one, never half
// of one.
const cache = join(root, "node_modules", ".cache", "mnet");
await mkdir(cache, { recursive: true });
const fresh = await mkdtemp(join(cache, "dist-"));
try {
  await Promise.all([bundleCode(fresh), declarations(fresh)]);
  await rm(join(root, "dist"), { recursive: true, force: true });
  await rename(fresh, join(root, "dist"));
  await chmod(join(root, "dist"), 0o755);
} finally {
  await rm(fresh, { recursive: true, force: true });
}
