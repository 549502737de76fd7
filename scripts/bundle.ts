import { spawn } from "node:child_process";
import { chmod, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Bundles the command line and the library into dist/, with declarations: `bin` must start fast, and chevrotain alone costs
 * more as separate files than the whole bundle. Runs as npm's `prepare`.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Loaded from where they are installed: optional peers, and what is big and only sometimes needed. */
const external = [
  "@sparticuz/chromium",
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-backend-wasm",
  "playwright-core",
  "prettier",
  "prettier/*",
  "sharp",
  "tar",
  "webgpu",
];

/** CommonJS dependencies (commander) ask for Node's own modules with `require`, which ES modules lack. */
const banner = 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);';

async function bundle(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts" },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    chunkNames: "chunks/[name]-[hash]",
    minifySyntax: true,
    minifyWhitespace: true,
    external,
    banner: { js: banner },
    logLevel: "warning",
  });
  await chmod(join(folder, "cli.js"), 0o755);
}

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

// Into a folder beside it first: a process that uses dist/ meanwhile sees the old or the new one, and never half.
const fresh = await mkdtemp(join(root, "dist-"));
try {
  await Promise.all([bundle(fresh), declarations(fresh)]);
  await rm(join(root, "dist"), { recursive: true, force: true });
  await rename(fresh, join(root, "dist"));
  await chmod(join(root, "dist"), 0o755);
} finally {
  await rm(fresh, { recursive: true, force: true });
}
