import { join } from "node:path";
import { defineConfig } from "vite";
import { downloadMenu } from "./offline/download-menu.ts";
import { licenses } from "./offline/licenses.ts";
import { precache } from "./offline/precache.ts";

const root = import.meta.dirname;
const notices = licenses(root);

/** A page of static files that may lie anywhere: every address in it is relative. */
export default defineConfig({
  root,
  base: "./",
  publicDir: false,
  cacheDir: join(root, "../../node_modules/.cache/mnet/vite"),
  server: { fs: { allow: [join(root, "../..")] } },
  // Named, so that the page is not loaded anew when vite finds them one by one.
  optimizeDeps: {
    include: [
      "chevrotain",
      "prettier/doc",
      "prettier/plugins/babel",
      "prettier/plugins/estree",
      "prettier/standalone",
      "vscode-languageserver-types",
      "zod",
    ],
  },
  worker: {
    format: "es",
    plugins: () => [notices.worker()],
    // Zod and the setting that keeps it from writing code are one chunk, so no chunk can use the one before the other.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "zod", test: /[\\/]zod(?:-without-eval)?[\\/.]/ }] } },
    },
  },
  build: {
    outDir: join(root, "../../build/playground"),
    emptyOutDir: true,
    target: "es2022",
    // Files apart, so that the policy needs no data: addresses but those of pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
  },
  plugins: [downloadMenu(), precache(), notices.page()],
});
