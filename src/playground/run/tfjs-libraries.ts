import { wasmUrls } from "./wasm-urls.ts";

export const tfjsBackends = ["webgpu", "wasm", "cpu"] as const;
export type TfjsBackend = (typeof tfjsBackends)[number];

export interface TfjsLibraries {
  readonly core: typeof import("@tensorflow/tfjs-core");
  readonly converter: typeof import("@tensorflow/tfjs-converter");
}

const loadBackend: Readonly<Record<TfjsBackend, (core: TfjsLibraries["core"]) => Promise<unknown>>> = {
  webgpu: () => import("@tensorflow/tfjs-backend-webgpu"),
  async wasm(core) {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(wasmUrls);
    // tf.js starts threads from a blob of source code, which the page's policy refuses.
    core.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  },
  cpu: () => import("@tensorflow/tfjs-backend-cpu"),
};

/**
 * Returns tf.js on one of its backends. It is fetched from the page's own server at the first call, without its
 * layers, data and WebGL parts. Rejects if the backend does not start.
 */
export async function loadTfjs(backend: TfjsBackend): Promise<TfjsLibraries> {
  const [core, converter] = await Promise.all([import("@tensorflow/tfjs-core"), import("@tensorflow/tfjs-converter")]);
  core.enableProdMode();
  await loadBackend[backend](core);
  const started = await core.setBackend(backend);
  if (!started) throw new Error(`tf.js does not start on its ${backend} backend in this browser.`);
  await core.ready();
  return { core, converter };
}
