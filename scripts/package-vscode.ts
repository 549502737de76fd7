import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";
import { version } from "../src/version.ts";
import { bundleVscode } from "./bundle-vscode.ts";

/** Writes the extension into the emptied `folder` and packs it as `file`, which VS Code installs. */
export async function packageVscode(folder: string, file: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await bundleVscode(folder);
  // The bundles need no `node_modules`, and there is no public repository for links.
  await createVSIX({ cwd: folder, packagePath: file, dependencies: false, allowMissingRepository: true });
}

// `npm run package:vscode`
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const build = fileURLToPath(new URL("../build", import.meta.url));
  await packageVscode(join(build, "vscode"), join(build, `mnet-${version}.vsix`));
}
