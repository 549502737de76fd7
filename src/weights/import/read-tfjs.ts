import { duplicateKey } from "../duplicate-key.ts";
import { isObject, show, type JsonObject } from "../json-value.ts";
import { quote } from "../weight-file-problem.ts";
import type { CheckpointResult } from "./checkpoint.ts";
import { graphCheckpoint } from "./graph-checkpoint.ts";
import { kerasCheckpoint, type KerasTensor } from "./keras-checkpoint.ts";
import { readKerasModel } from "./keras-model.ts";
import { kerasRole } from "./keras-names.ts";
import { orRefusal, refuseFile } from "./refusal.ts";
import { readManifest, type ReadBeside } from "./tfjs-manifest.ts";

const mostBytes = 100_000_000;

/**
 * A tf.js model, layers or graph: `model.json` with the model's topology and a manifest of weights, and the shards it names. Weights
 * quantised to uint8, uint16 or float16 are read as tf.js reads them. Strict: a shard outside the folder, bytes that no weight owns,
 * and numbers that are not finite are problems.
 */
export function readTfjs(bytes: Uint8Array, readBeside: ReadBeside): CheckpointResult {
  return orRefusal(() => {
    const json = parseModel(bytes);
    const topology = json["modelTopology"];
    const isGraph = json["format"] === "graph-model" || (isObject(topology) && Array.isArray(topology["node"]));
    const tensors = readManifest(json["weightsManifest"], readBeside, isGraph ? "graph" : "layers");
    if (isGraph) return graphCheckpoint(json, tensors);
    const model = isObject(topology) && isObject(topology["model_config"]) ? topology["model_config"] : topology;
    const keras = tensors.map((tensor): KerasTensor => ({ ...kerasRole(tensor.name), tensor }));
    return kerasCheckpoint("tf.js layers model", keras, readKerasModel(model), true);
  });
}

function parseModel(bytes: Uint8Array): JsonObject {
  if (bytes.length > mostBytes) refuseFile("weights/file-length", `at most ${mostBytes} bytes`, `${bytes.length}`);
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    json = JSON.parse(text);
  } catch {
    refuseFile("weights/file-header", "valid JSON in UTF-8", "text that does not parse");
  }
  if (!isObject(json)) refuseFile("weights/file-header", "a JSON object", show(json));
  const twice = duplicateKey(text);
  if (twice !== null) refuseFile("weights/file-header", "each name once in an object", `${quote(twice)} twice`);
  return json;
}
