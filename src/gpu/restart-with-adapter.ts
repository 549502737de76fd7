import { spawnSync } from "node:child_process";
import { softwareEnvironment } from "./software-environment.ts";

/** Set in the second process, so that it never starts a third. */
const RESTARTED = "MNET_SOFTWARE_ADAPTER";

const probe = `
  import(process.argv[1]).then(async ({ create }) => {
    process.exit((await create([]).requestAdapter()) === null ? 1 : 0);
  }, () => process.exit(2));
`;

/** Asks in a process of its own, because Dawn writes to stderr what it misses, and that is not ours to show. */
function adapterIsThere(): boolean {
  const dawn = import.meta.resolve("webgpu");
  const { status } = spawnSync(process.execPath, ["-e", probe, dawn], { stdio: "ignore" });
  // 2 is a package that does not load: the caller's own import says so better.
  return status !== 1;
}

/**
 * Makes sure of a WebGPU adapter before a command does any work. Where the system has none and the software adapter is
 * packaged, the whole command runs again in a process that can load it.
 * @returns the exit status of that process, or null where this one is to go on (also when nothing can be done: asking for a
 * device then tells the reason).
 */
export async function restartWithAdapter(): Promise<number | null> {
  if (process.env[RESTARTED] !== undefined || process.env["VK_ICD_FILENAMES"] !== undefined) return null;
  try {
    if (adapterIsThere()) return null;
    const environment = await softwareEnvironment();
    if (Object.keys(environment).length === 0) return null;
    const command = [...process.execArgv, ...process.argv.slice(1)];
    const { status, signal } = spawnSync(process.execPath, command, {
      stdio: "inherit",
      env: { ...process.env, ...environment, [RESTARTED]: "1" },
    });
    return status ?? (signal === "SIGINT" ? 130 : 1);
  } catch {
    return null;
  }
}
