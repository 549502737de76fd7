import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EmittedFile } from "../../src/targets/emitted-file.ts";

/** Returns a new directory that contains only a build. Call `remove` to delete it. */
export async function buildFolder(files: readonly EmittedFile[]) {
  const folder = await mkdtemp(join(tmpdir(), "mnet-build-"));
  for (const { path, contents } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), contents);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Makes only the package `webgpu` importable there. */
export async function installWebgpu(folder: string): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("webgpu");
  await mkdir(join(folder, "node_modules"));
  await symlink(dirname(entry), join(folder, "node_modules", "webgpu"), "dir");
}
