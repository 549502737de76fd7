import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { GeneratedFile } from "./generated-file.ts";
import { textLiteral } from "./text-literal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The script of the page of `mnet bench --browser`, bundled into one string, because the published bundle has no other
 * files.
 */
export const benchScript: GeneratedFile = {
  path: "generated/bench-script.ts",
  async contents() {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: ["src/bench/page-script.ts"],
      bundle: true,
      write: false,
      format: "esm",
      target: "es2022",
      logLevel: "warning",
    });
    return [
      "// Generated from src/bench/page-script.ts by npm run generate.",
      `export const benchScript: string = ${textLiteral(outputFiles[0]?.text ?? "")};`,
      "",
    ].join("\n");
  },
};
