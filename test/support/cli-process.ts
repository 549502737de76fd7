import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCode } from "../../scripts/bundle-code.ts";

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly stdin?: string;
  /** Beside this process's own; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** The command line as it is published, bundled for this test file; `remove` it when done. */
export interface BundledCli {
  /** What Node starts. */
  readonly file: string;
  readonly run: (args: readonly string[], options?: CliOptions) => Promise<CliResult>;
  readonly start: (args: readonly string[]) => ChildProcess;
  readonly remove: () => void;
}

function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stream === null) {
      resolve("");
      return;
    }
    let text = "";
    stream.setEncoding("utf8");
    stream.on("data", (part: string) => (text += part));
    stream.on("end", () => {
      resolve(text);
    });
    stream.on("error", reject);
  });
}

/** Bundles into node_modules, from where optional packages are found as from an installed mnet. */
export async function bundleCli(): Promise<BundledCli> {
  const cache = join(projectRoot, "node_modules", ".cache", "mnet");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "test-cli-"));
  await bundleCode(folder);
  const file = join(folder, "cli.js");
  const start = (args: readonly string[], options: CliOptions = {}): ChildProcess =>
    spawn(process.execPath, [file, ...args], {
      cwd: options.cwd ?? projectRoot,
      env: { ...process.env, NO_COLOR: "", FORCE_COLOR: "0", CI: "", ...options.env },
    });
  return {
    file,
    start,
    async run(args, options = {}) {
      const child = start(args, options);
      // A process that ends without reading its input closes the pipe.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(options.stdin ?? "");
      const ended = new Promise<number | null>((resolve, reject) => {
        child.on("close", resolve);
        child.on("error", reject);
      });
      const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
      return { code, stdout, stderr };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
