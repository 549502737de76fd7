import { delimiter, join } from "node:path";
import { softwareIsPackaged, unpackChromium } from "./unpack-chromium.ts";

/**
 * Variables under which Dawn finds the software adapter. The loader reads both when the process starts, so they must stand
 * in its environment by then. Empty where no software adapter is packaged.
 */
export async function softwareEnvironment(): Promise<Readonly<Record<string, string>>> {
  if (!softwareIsPackaged()) return {};
  const folder = await unpackChromium("swiftshader");
  return {
    VK_ICD_FILENAMES: join(folder, "vk_swiftshader_icd.json"),
    LD_LIBRARY_PATH: [folder, process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(delimiter),
  };
}
