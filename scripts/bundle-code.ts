import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Packages that are not bundled: optional peer dependencies, and big packages that are rarely needed. */
const external = [
  "@sparticuz/chromium",
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgpu",
  "h5wasm",
  "playwright-core",
  "prettier",
  "prettier/*",
  "protobufjs",
  "sharp",
  "tar",
  "webgpu",
  // Not bundled, because it names its temporary files after its own source file.
  "write-file-atomic",
];

/** CommonJS dependencies (commander) load Node's own modules with `require`, which ES modules lack. */
const banner =
  'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);';

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Writes `cli.js`, `index.js`, `prettier.js`, the thread scripts for `mnet sweep` and for reading HDF5, the chunks
 * that they share, `wasm-training.js` and `codemirror.js` into `folder`. Tests run the same bundle that is published.
 */
export async function bundleCode(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: {
      cli: "src/cli/main.ts",
      index: "src/index.ts",
      prettier: "src/format/prettier-plugin.ts",
      "hdf5-worker": "src/cli/threads/hdf5-worker.ts",
      "sweep-worker": "src/cli/threads/sweep-worker.ts",
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    chunkNames: "chunks/[name]-[hash]",
    // Minified code is parsed faster at every start. Stack traces lose their names, so run the sources with tsx to
    // find a bug.
    minify: true,
    external,
    banner: { js: banner },
    logLevel: "warning",
  });
  // A page loads these modules, so each is one file without bundled dependencies: the page passes tf.js in, and the
  // editor provides CodeMirror.
  await build({
    absWorkingDir: root,
    entryPoints: { "wasm-training": "src/training/wasm-gradients.ts", codemirror: "src/codemirror/language.ts" },
    external: ["@codemirror/*", "@lezer/*"],
    outdir: folder,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "warning",
  });
  await chmod(join(folder, "cli.js"), 0o755);
}
