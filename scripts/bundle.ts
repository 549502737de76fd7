import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCode } from "./bundle-code.ts";

/**
 * Bundles the command line and the library into dist/, with declarations: the command line must start fast, and
 * loading the separate files of chevrotain alone takes longer than loading the whole bundle. Runs as npm's `prepare`.
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

// Writes into another folder first, so that a process that uses dist/ at the same time sees either the old or the new
// bundle.
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
