import { spawnSync } from "node:child_process";
import { softwareEnvironment } from "./software-environment.ts";

/** The variable that is set in the second process, so that it never starts a third. */
const RESTARTED = "MNET_SOFTWARE_ADAPTER";

const probe = `
  import(process.argv[1]).then(async ({ create }) => {
    process.exit((await create([]).requestAdapter()) === null ? 1 : 0);
  }, () => process.exit(2));
`;

/** Tries the adapter in a separate process, because Dawn writes warnings to stderr. */
function adapterIsThere(): boolean {
  const dawn = import.meta.resolve("webgpu");
  const { status } = spawnSync(process.execPath, ["-e", probe, dawn], { stdio: "ignore" });
  // Status 2 says that the package does not load. The caller's own import gives the better message.
  return status !== 1;
}

/**
 * Makes sure of a WebGPU adapter before a command does any work. Where the system has none and the software adapter is
 * packaged, the whole command runs again in a process that can load it.
 *
 * @returns the exit status of that process; null where this process is to go on. It also goes on where no adapter can be had,
 * because asking for a device then gives the reason.
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
