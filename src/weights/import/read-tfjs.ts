import { isObject } from "../../formats/json-value.ts";
import type { FileResult } from "../../formats/file-problem.ts";
import { attempt } from "../../formats/refusal.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { graphCheckpoint } from "./graph-checkpoint.ts";
import { kerasCheckpoint, type KerasTensor } from "./keras-checkpoint.ts";
import { readKerasModel } from "../../formats/keras-model.ts";
import { kerasRole } from "../../formats/keras-names.ts";
import { readJsonObject } from "../../formats/read-json-object.ts";
import { readManifest, type ReadBeside } from "../../formats/tfjs-manifest.ts";

/**
 * Reads a tf.js layers model or graph model: `model.json`, which has the topology and a manifest of weights, and the
 * shards that the manifest names. Weights quantised to uint8, uint16 or float16 are decoded as tf.js does. Reports a
 * shard outside the folder, bytes that belong to no weight, and numbers that are not finite.
 */
export function readTfjs(bytes: Uint8Array, readBeside: ReadBeside): FileResult<Checkpoint> {
  return attempt(() => {
    const json = readJsonObject(bytes, "weights/file-header", "");
    const topology = json["modelTopology"];
    const isGraph = json["format"] === "graph-model" || (isObject(topology) && Array.isArray(topology["node"]));
    const tensors = readManifest(json["weightsManifest"], readBeside, isGraph ? "graph" : "layers");
    if (isGraph) return graphCheckpoint(json, tensors);
    const model = isObject(topology) && isObject(topology["model_config"]) ? topology["model_config"] : topology;
    const keras = tensors.map((tensor): KerasTensor => ({ ...kerasRole(tensor.name), tensor }));
    return kerasCheckpoint("tf.js layers model", keras, readKerasModel(model), () => true);
  });
}
