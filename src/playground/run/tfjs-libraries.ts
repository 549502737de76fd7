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
    // Threads are started from a blob of source, which the page's policy refuses.
    core.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  },
  cpu: () => import("@tensorflow/tfjs-backend-cpu"),
};

/**
 * tf.js, fetched from beside the page when it is first wanted, on one of its backends. Its layers, data and WebGL parts are left
 * out. Rejects where the backend does not start.
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
