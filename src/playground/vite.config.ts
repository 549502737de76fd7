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
  worker: { format: "es", plugins: () => [notices.worker()] },
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
