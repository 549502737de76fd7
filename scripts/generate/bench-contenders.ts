import { readFile } from "node:fs/promises";
import type { GeneratedFile } from "./generated-file.ts";
import { textLiteral } from "./text-literal.ts";

/** The script that a page of `mnet bench --browser` loads, as text, because a bundle has no files beside it. */
export const benchContenders: GeneratedFile = {
  path: "generated/bench-contenders.ts",
  async contents() {
    const text = await readFile(new URL("../../src/bench/contenders.js", import.meta.url), "utf8");
    return [
      "// Generated from src/bench/contenders.js by npm run generate.",
      `export const benchContenders: string = ${textLiteral(text)};`,
      "",
    ].join("\n");
  },
};
