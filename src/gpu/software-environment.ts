import { delimiter, join } from "node:path";
import { softwareIsPackaged, unpackChromium } from "./unpack-chromium.ts";

/**
 * Returns the environment variables with which Dawn finds the software adapter, or none where no software adapter is packaged.
 * The loader reads them when a process starts, so they must be set before that.
 */
export async function softwareEnvironment(): Promise<Readonly<Record<string, string>>> {
  if (!softwareIsPackaged()) return {};
  const folder = await unpackChromium("swiftshader");
  return {
    VK_ICD_FILENAMES: join(folder, "vk_swiftshader_icd.json"),
    LD_LIBRARY_PATH: [folder, process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(delimiter),
  };
}
