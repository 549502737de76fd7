import type * as tf from "@tensorflow/tfjs";
import type { EmittedFile } from "../../../../src/targets/emitted-file.ts";

interface ModelJson extends tf.io.ModelJSON {
  readonly weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
}

export function modelJson(files: readonly EmittedFile[], folder: string): ModelJson {
  const file = files.find(({ path }) => path === `${folder}/model.json`);
  return JSON.parse(String(file?.contents)) as ModelJson;
}

/**
 * Loads emitted files the way tf.js's own http loader does: the JSON, then every shard it names, one after the other.
 */
export function fromFiles(files: readonly EmittedFile[], folder: string): tf.io.IOHandler {
  return {
    load() {
      const { weightsManifest, ...json } = modelJson(files, folder);
      const shards = weightsManifest.flatMap(({ paths }) =>
        paths.map((path) => {
          const shard = files.find((file) => file.path === `${folder}/${path}`)?.contents;
          if (!(shard instanceof Uint8Array)) throw new Error(`no shard ${path}`);
          return shard;
        }),
      );
      const weightData = Uint8Array.from(Buffer.concat(shards)).buffer;
      return Promise.resolve({
        ...json,
        weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
        weightData,
      } as tf.io.ModelArtifacts);
    },
  };
}
