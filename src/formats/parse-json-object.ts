import { duplicateKey } from "./duplicate-key.ts";
import { isObject, show, type JsonObject } from "./json-value.ts";
import { quote, type WeightFileCode } from "./weight-file-problem.ts";
import { refuseFile } from "./refusal.ts";

/** `JSON.parse` makes objects of some twenty times the text's size. */
const mostBytes = 100_000_000;

/** The JSON object that a checkpoint's text is, each key once. `place` says where it stands, ` in "config.json"`, or nothing. */
export function parseJsonObject(bytes: Uint8Array, code: WeightFileCode, place: string): JsonObject {
  if (bytes.length > mostBytes) {
    refuseFile("weights/file-length", `at most ${mostBytes} bytes${place}`, `${bytes.length}`);
  }
  let text: string;
  let json: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    json = JSON.parse(text);
  } catch {
    refuseFile(code, `valid JSON in UTF-8${place}`, "text that does not parse");
  }
  if (!isObject(json)) refuseFile(code, `a JSON object${place}`, show(json));
  const twice = duplicateKey(text);
  if (twice !== null) refuseFile(code, `each name once in an object${place}`, `${quote(twice)} twice`);
  return json;
}
