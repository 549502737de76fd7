import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly stdin?: string;
  /** Environment variables in addition to those of this process. Undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** The published form of the command line. */
export interface PublishedCli {
  /** The script that Node starts. */
  readonly file: string;
  readonly run: (args: readonly string[], options?: CliOptions) => Promise<CliResult>;
  readonly start: (args: readonly string[]) => ChildProcess;
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

/** Returns the command line that bundle-cli.ts bundled for this run of tests. */
export function openCli(): PublishedCli {
  const file = join(inject("cliFolder"), "cli.js");
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
      // If a process ends without reading its input, the pipe is closed. That is not an error.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(options.stdin ?? "");
      const ended = new Promise<number | null>((resolve, reject) => {
        child.on("close", resolve);
        child.on("error", reject);
      });
      const [stdout, stderr, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
      return { code, stdout, stderr };
    },
  };
}
