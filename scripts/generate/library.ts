import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { GeneratedFile } from "./generated-file.ts";

const folder = new URL("../../grammar/library/", import.meta.url);

/** The texts of the block library as a module, so that the compiler never reads a disk. */
export const libraryTexts: GeneratedFile = {
  path: "generated/library.ts",
  contents: async () => {
    const names = (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith(".mnet")).sort();
    const entries = await Promise.all(
      names.map(async (name) => {
        const text = (await readFile(new URL(name, folder), "utf8")).replaceAll("\r\n", "\n");
        return `{ name: ${JSON.stringify(name)}, text: ${templateLiteral(text)} }`;
      }),
    );
    return `// Generated from grammar/library/*.mnet by npm run generate.

/** The standard library of blocks: one entry a file, in the order of their names. */
export const library: readonly { readonly name: string; readonly text: string }[] = [${entries.join(",\n")}];
`;
  },
};

function templateLiteral(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;
}
