import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Packages that are loaded from where they are installed: optional peers, and big ones that are rarely needed. */
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
  // Names its temporary files after its own file, which a bundle does not have.
  "write-file-atomic",
];

/** CommonJS dependencies (commander) ask for Node's own modules with `require`, which ES modules lack. */
const banner =
  'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);';

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Writes `cli.js`, `index.js`, `prettier.js`, the threads of `mnet sweep` and of the reading of HDF5, the chunks they share,
 * `wasm-training.js` and `codemirror.js` into `folder`; tests run the same bundle that is published.
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
    // Minified code is parsed faster at every start. Stack traces lose their names, so look for a bug with tsx.
    minify: true,
    external,
    banner: { js: banner },
    logLevel: "warning",
  });
  // A page loads these, so each is one file without dependencies: the page passes tf.js in, and the editor brings
  // CodeMirror.
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
