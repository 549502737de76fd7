import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { xmlText } from "../diagnostics/xml-text.ts";
import { importOptional } from "./import-optional.ts";
import { softwareIsPackaged, unpackChromium } from "./unpack-chromium.ts";

/** Names the unpacked fonts by where they are; the configuration that comes with them names folders of another machine. */
async function configureFonts(folder: string): Promise<string> {
  // `prefix` means nothing to a cachedir: a relative one would appear wherever the process happens to be.
  const configuration = `<?xml version="1.0"?>
<fontconfig>
  <dir>${xmlText(join(folder, "fonts"))}</dir>
  <cachedir>${xmlText(join(folder, "fonts-cache"))}</cachedir>
</fontconfig>
`;
  const file = join(folder, "mnet-fonts.conf");
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, configuration);
  await rename(temporary, file);
  return file;
}

/**
 * Starts the packaged Chromium with WebGPU on its software adapter. Pages must come from http://localhost: WebGPU wants a
 * secure context. `close()` the browser when done.
 */
export async function launchChromium(): Promise<Browser> {
  if (!softwareIsPackaged()) {
    throw new Error(`Chromium is packaged for x64 Linux only, and this is ${process.platform} on ${process.arch}.`);
  }
  const { chromium } = await importOptional<typeof import("playwright-core")>(
    "playwright-core",
    () => import("playwright-core"),
  );
  const folder = await unpackChromium("browser");
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args: [
      "--no-sandbox",
      "--enable-unsafe-webgpu",
      "--use-webgpu-adapter=swiftshader",
      // See node-device.ts: SwiftShader is slow at it.
      "--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension",
    ],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: `${folder}:${join(folder, "lib")}`,
      FONTCONFIG_FILE: await configureFonts(folder),
      // Set for Dawn in Node, it would point Chromium at another copy of the driver.
      VK_ICD_FILENAMES: join(folder, "vk_swiftshader_icd.json"),
    },
  });
}
