import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bundleCode } from "../../scripts/bundle-code.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the published form of the command line. It is bundled once for each test run. */
    readonly cliFolder: string;
  }
}

/**
 * Bundles the command line before the tests of a project. Returns a function that deletes the bundle after the tests.
 */
export async function setup(project: TestProject): Promise<() => void> {
  // The bundle is in node_modules, so that it finds optional packages like an installed mnet.
  const cache = join(import.meta.dirname, "../../node_modules/.cache/mnet");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "test-cli-"));
  await bundleCode(folder);
  project.provide("cliFolder", folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
