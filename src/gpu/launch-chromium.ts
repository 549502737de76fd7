import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { xmlText } from "../diagnostics/xml-text.ts";
import { importOptional } from "../machine/import-optional.ts";
import { UnavailableError } from "../machine/unavailable-error.ts";
import { softwareIsPackaged, unpackChromium } from "./unpack-chromium.ts";

/** Writes a configuration that names the folder of the unpacked fonts. The packaged one names folders of another machine. */
async function configureFonts(folder: string): Promise<string> {
  // Fontconfig takes a relative cachedir from the current folder, so both paths are absolute.
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
 * Starts the packaged Chromium with WebGPU on its software adapter. Pages must come from http://localhost, because WebGPU
 * needs a secure context. The caller closes the browser.
 *
 * @throws UnavailableError where Chromium is not packaged for this system, or a package is not installed
 */
export async function launchChromium(): Promise<Browser> {
  if (!softwareIsPackaged()) {
    throw new UnavailableError(
      "package",
      `Chromium is packaged for x64 Linux only, and this is ${process.platform} on ${process.arch}`,
      "Run it on x64 Linux.",
    );
  }
  const { chromium } = await importOptional("playwright-core", "Chromium", () => import("playwright-core"));
  const folder = await unpackChromium("browser");
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args: [
      "--no-sandbox",
      "--enable-unsafe-webgpu",
      "--use-webgpu-adapter=swiftshader",
      // Without this, SwiftShader compiles kernels with much workgroup memory slowly; see node-device.ts.
      "--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension",
    ],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: `${folder}:${join(folder, "lib")}`,
      FONTCONFIG_FILE: await configureFonts(folder),
      // The value that is set for Dawn in Node would make Chromium load another copy of the driver.
      VK_ICD_FILENAMES: join(folder, "vk_swiftshader_icd.json"),
    },
  });
}
