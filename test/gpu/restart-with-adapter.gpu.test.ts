import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { softwareIsPackaged } from "../../src/gpu/unpack-chromium.ts";

test.runIf(softwareIsPackaged())(
  "a command finds an adapter by starting again, quietly, with its arguments and status",
  () => {
    const script = fileURLToPath(new URL("../support/gpu-restart.ts", import.meta.url));
    // A user's shell sets nothing for the driver.
    const env = { ...process.env };
    delete env["VK_ICD_FILENAMES"];
    delete env["LD_LIBRARY_PATH"];
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", script, "--flag", "a b"], {
      env,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^\S.* --flag a b\n$/);
    expect(status).toBe(7);
  },
);
