import { readFile } from "node:fs/promises";
import type { GeneratedFile } from "./generated-file.ts";
import { textLiteral } from "./text-literal.ts";

const folder = new URL("../../src/targets/webgpu/runtime/", import.meta.url);

/**
 * Removes comments on separate lines, except the comment at the head of the file, because every page loads these
 * bytes. A caller finds the documentation in model.d.ts.
 */
function withoutComments(code: string): string {
  const head = /^(?:\/\/.*\n)*/.exec(code)?.[0] ?? "";
  return head + code.slice(head.length).replace(/^ *(?:\/\/.*|\/\*\*[^]*?\*\/)\n/gm, "");
}

/** The files that every WebGPU build contains, as text, because the compiler reads no disk. */
export const webgpuRuntime: GeneratedFile = {
  path: "generated/webgpu-runtime.ts",
  async contents() {
    const modelJs = withoutComments(await readFile(new URL("model.js", folder), "utf8"));
    const modelDts = await readFile(new URL("model.d.ts", folder), "utf8");
    return [
      "// Generated from src/targets/webgpu/runtime by npm run generate.",
      `export const webgpuRuntime = { modelJs: ${textLiteral(modelJs)}, modelDts: ${textLiteral(modelDts)} } as const;`,
      "",
    ].join("\n");
  },
};
