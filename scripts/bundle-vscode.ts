import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";
import { version } from "../src/version.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "editors", "vscode");

const shared: BuildOptions = { absWorkingDir: root, bundle: true, minify: true, logLevel: "warning" };
const inNode: BuildOptions = { ...shared, platform: "node", format: "cjs", target: "node20" };

/**
 * Writes the VS Code extension into `folder`: the hand-written files, the generated ones, and three bundles that need
 * no `node_modules`.
 */
export async function bundleVscode(folder: string): Promise<void> {
  const script = (name: string): string => join(source, "src", `${name}.ts`);
  const dist = join(folder, "dist");
  await mkdir(dist, { recursive: true });
  await Promise.all([
    build({
      ...inNode,
      entryPoints: [script("extension")],
      outfile: join(dist, "extension.cjs"),
      external: ["vscode"],
    }),
    build({ ...inNode, entryPoints: [script("server")], outfile: join(dist, "server.cjs") }),
    build({
      ...shared,
      entryPoints: [script("preview-script")],
      outfile: join(dist, "preview.js"),
      format: "iife",
      target: "es2022",
    }),
    ...["language-configuration.json", "snippets.json", "README.md"].map((name) =>
      cp(join(source, name), join(folder, name)),
    ),
    ...["mnet.tmLanguage.json", "config.schema.json"].map((name) =>
      cp(join(root, "generated", name), join(folder, name)),
    ),
    cp(join(root, "LICENSE"), join(folder, "LICENSE")),
    writeManifest(folder),
  ]);
}

/** The extension has the same version as its compiler. */
async function writeManifest(folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(source, "package.json"), "utf8")) as Readonly<
    Record<string, unknown>
  >;
  await writeFile(join(folder, "package.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
}
