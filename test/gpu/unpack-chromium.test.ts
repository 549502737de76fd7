import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { softwareIsPackaged, unpackChromium } from "../../src/gpu/unpack-chromium.ts";

test.runIf(softwareIsPackaged())("many may unpack at once: one folder stands in the end, whole", async () => {
  const cache = await mkdtemp(join(tmpdir(), "mnet-cache-"));
  try {
    const folders = await Promise.all([1, 2, 3].map(() => unpackChromium("swiftshader", cache)));
    expect(new Set(folders).size).toBe(1);
    const [version = ""] = await readdir(cache);
    expect(version).toMatch(/^chromium-\d+\.\d+\.\d+$/);
    expect(await readdir(join(cache, version))).toEqual(["swiftshader"]);
    expect(await readdir(folders[0] ?? "")).toEqual(
      expect.arrayContaining(["libvk_swiftshader.so", "libvulkan.so.1", "vk_swiftshader_icd.json"]),
    );
    expect(await unpackChromium("swiftshader", cache)).toBe(folders[0]);
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
});
