import { readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import type { Plugin, Rolldown } from "vite";

/**
 * Returns the plugins that write `licenses.md`. The file contains the license text of every package whose code,
 * typeface or binary is in the page or its worker. The worker is built separately, before the page.
 *
 * @param root the folder to which the names of assets are relative
 */
export function licenses(root: string): { readonly page: () => Plugin; readonly worker: () => Plugin } {
  const folders = new Set<string>();
  const collect = (bundle: Rolldown.OutputBundle): void => {
    for (const file of Object.values(bundle)) {
      const names = file.type === "chunk" ? file.moduleIds : file.originalFileNames;
      for (const name of names) {
        const folder = packageFolder(isAbsolute(name) ? name : normalize(join(root, name)));
        if (folder !== null) folders.add(folder);
      }
    }
  };
  return {
    worker: () => ({ name: "mnet-worker-licenses", generateBundle: (_options, bundle) => collect(bundle) }),
    page: () => ({
      name: "mnet-licenses",
      apply: "build",
      generateBundle: {
        order: "post",
        handler(_options, bundle) {
          collect(bundle);
          const parts = [...folders].sort().map(licenseOf);
          const source = ["# Licenses\n\nThe page is made with these packages.\n", ...parts].join("\n");
          this.emitFile({ type: "asset", fileName: "licenses.md", source });
        },
      },
    }),
  };
}

/** Returns the folder of the innermost package that contains a file, or null if the file is in no package. */
function packageFolder(path: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Readonly<
    Record<"name" | "version" | "license", string>
  >;
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  const text = file === undefined ? "" : `\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  return `## ${name} ${version}: ${license}\n${text}`;
}
