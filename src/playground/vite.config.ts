import { join } from "node:path";
import { defineConfig } from "vite";
import { downloadMenu } from "./offline/download-menu.ts";
import { licenses } from "./offline/licenses.ts";
import { precache } from "./offline/precache.ts";

const root = import.meta.dirname;
const notices = licenses(root);

/** The page consists of static files that can be served from any folder, because every address in it is relative. */
export default defineConfig({
  root,
  base: "./",
  publicDir: false,
  cacheDir: join(root, "../../node_modules/.cache/mnet/vite"),
  server: { fs: { allow: [join(root, "../..")] } },
  // Listed in advance. Otherwise vite finds them one by one and reloads the page each time.
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
    // Zod and the setting that keeps it from generating code are in one chunk, so that no chunk can use zod before the
    // setting.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "zod", test: /[\\/]zod(?:-without-eval)?[\\/.]/ }] } },
    },
  },
  build: {
    outDir: join(root, "../../build/playground"),
    emptyOutDir: true,
    target: "es2022",
    // Assets are separate files, so the policy has to allow `data:` addresses only for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
  },
  plugins: [downloadMenu(), precache(), notices.page()],
});
