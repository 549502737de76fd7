import type { EmittedFile } from "../../src/targets/emitted-file.ts";
import { loadModel, type LoadOptions, type Model } from "../../src/targets/webgpu/runtime/model.js";

/** Loads the files of `emitWebgpu` from memory, with the runtime that every build contains. */
export function loadEmitted(
  device: GPUDevice,
  files: readonly EmittedFile[],
  options: Omit<LoadOptions, "read"> = { onWarning: () => undefined },
): Promise<Model> {
  const byPath = new Map(files.map(({ path, contents }) => [path, contents]));
  return loadModel(device, {
    ...options,
    read(path) {
      const contents = byPath.get(path);
      if (contents === undefined) throw new Error("the build holds no such file");
      return typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    },
  });
}
