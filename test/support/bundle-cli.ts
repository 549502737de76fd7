import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bundleCode } from "../../scripts/bundle-code.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the command line as it is published, bundled once for a run of tests. */
    readonly cliFolder: string;
  }
}

/** Bundles the command line before the tests of a project, and returns how the bundle is taken away after them. */
export async function setup(project: TestProject): Promise<() => void> {
  // In node_modules, where optional packages are found as from an installed mnet.
  const cache = join(import.meta.dirname, "../../node_modules/.cache/mnet");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "test-cli-"));
  await bundleCode(folder);
  project.provide("cliFolder", folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
