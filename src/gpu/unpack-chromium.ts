import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { importOptional } from "../machine/import-optional.ts";
import { UnavailableError } from "../machine/unavailable-error.ts";

/**
 * Archives that are unpacked together. `swiftshader` is the Vulkan driver that runs on the CPU, and takes 0.3 s. `browser` is
 * Chromium with that driver, fonts and the libraries that slim machines lack, and takes 4 s.
 */
const contents = {
  swiftshader: ["swiftshader.tar.br"],
  browser: ["chromium.br", "swiftshader.tar.br", "al2023.tar.br", "fonts.tar.br"],
} as const;
export type UnpackedPart = keyof typeof contents;

/** Returns true on x64 Linux, for which `@sparticuz/chromium` carries binaries. Other systems bring their own WebGPU. */
export function softwareIsPackaged(): boolean {
  return process.platform === "linux" && process.arch === "x64";
}

async function packageFolder(): Promise<string> {
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  } catch {
    throw new UnavailableError(
      "package",
      'The software WebGPU adapter needs the package "@sparticuz/chromium", which is not installed',
      "Install it: npm install @sparticuz/chromium",
    );
  }
  // The "exports" of the package hide its package.json, so the folders above the entry are searched.
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder)) {
    const found = await stat(join(folder, "bin")).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (found) return folder;
  }
  throw new UnavailableError(
    "package",
    `The package "@sparticuz/chromium" at "${entry}" has no folder "bin"`,
    "Install it again: npm install @sparticuz/chromium",
  );
}

async function unpackArchive(archive: string, folder: string): Promise<void> {
  const name = archive.split("/").at(-1) ?? "";
  const file = createReadStream(archive);
  if (name.endsWith(".tar.br")) {
    const tar = await importOptional("tar", "Unpacking the software WebGPU adapter", () => import("tar"));
    await pipeline(file, createBrotliDecompress(), tar.extract({ cwd: folder }));
  } else {
    const target = join(folder, name.slice(0, -".br".length));
    await pipeline(file, createBrotliDecompress(), createWriteStream(target));
    await chmod(target, 0o755);
  }
}

/**
 * Returns the folder with the files of a part. They are unpacked on first use, into
 * `node_modules/.cache/mnet/chromium-<version>/<part>` beside the package. Two processes may unpack at once: each works in a
 * folder of its own, and the first to rename it wins.
 *
 * @param cacheFolder used in place of `node_modules/.cache/mnet`
 * @throws UnavailableError where a package is not installed
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
    // A rename onto a folder with files fails: then another process was first.
    if (!(await exists())) throw problem;
  }
  return target;
}
