import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { importOptional } from "./import-optional.ts";

/**
 * What is unpacked together. `swiftshader` is the Vulkan driver that runs on the CPU (0.3 s); `browser` is Chromium with
 * that driver, fonts and the libraries that slim machines lack (4 s).
 */
const contents = {
  swiftshader: ["swiftshader.tar.br"],
  browser: ["chromium.br", "swiftshader.tar.br", "al2023.tar.br", "fonts.tar.br"],
} as const;
export type UnpackedPart = keyof typeof contents;

/** `@sparticuz/chromium` carries x64 Linux binaries; elsewhere WebGPU is the system's. */
export function softwareIsPackaged(): boolean {
  return process.platform === "linux" && process.arch === "x64";
}

async function packageFolder(): Promise<string> {
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  } catch {
    throw new Error(
      'The package "@sparticuz/chromium", which carries the software WebGPU adapter, is not installed; run "npm install @sparticuz/chromium".',
    );
  }
  // Its "exports" hide package.json, so the way up from the entry is walked.
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const found = await stat(join(folder, "bin")).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (found) return folder;
  }
  throw new Error(`The package "@sparticuz/chromium" at "${entry}" has no folder "bin"; install it again.`);
}

async function unpackArchive(archive: string, folder: string): Promise<void> {
  const name = archive.split("/").at(-1) ?? "";
  const file = createReadStream(archive);
  if (name.endsWith(".tar.br")) {
    const tar = await importOptional<typeof import("tar")>("tar", () => import("tar"));
    await pipeline(file, createBrotliDecompress(), tar.extract({ cwd: folder }));
  } else {
    const target = join(folder, name.slice(0, -".br".length));
    await pipeline(file, createBrotliDecompress(), createWriteStream(target));
    await chmod(target, 0o755);
  }
}

/**
 * The folder with the part's files, unpacked on first use beside the package:
 * `node_modules/.cache/mnet/chromium-<version>/<part>` (or in another `cacheFolder`). Two processes may unpack at once: each works under a name of its own, and
 * the first to rename wins.
 */
export async function unpackChromium(part: UnpackedPart, cacheFolder?: string): Promise<string> {
  const source = await packageFolder();
  const manifest: unknown = JSON.parse(await readFile(join(source, "package.json"), "utf8"));
  const { version } = manifest as { version: string };
  const cache = join(cacheFolder ?? join(source, "..", "..", ".cache", "mnet"), `chromium-${version}`);
  const target = join(cache, part);
  const exists = () =>
    stat(target).then(
      () => true,
      () => false,
    );
  if (await exists()) return target;
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, `${part}-`));
  try {
    await Promise.all(contents[part].map((archive) => unpackArchive(join(source, "bin", archive), temporary)));
    await rename(temporary, target);
  } catch (problem) {
    await rm(temporary, { recursive: true, force: true });
    // A rename onto a folder that has files fails: then somebody else was first.
    if (!(await exists())) throw problem;
  }
  return target;
}
