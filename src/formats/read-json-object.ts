import { duplicateKey } from "./duplicate-key.ts";
import { isObject, show, type JsonObject } from "./json-value.ts";
import { quote, type FileProblemCode } from "./file-problem.ts";
import { refuseFile } from "./refusal.ts";

/** The limit exists because `JSON.parse` makes objects of about twenty times the size of the text. */
const mostBytes = 100_000_000;

/**
 * Reads a JSON object in which no key occurs twice. `place` is its place for messages, such as ` in "config.json"`, or
 * "".
 */
export function readJsonObject(bytes: Uint8Array, code: FileProblemCode, place: string): JsonObject {
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
