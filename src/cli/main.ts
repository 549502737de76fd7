#!/usr/bin/env node
import { CommanderError } from "commander";
import { CliError, exitCode } from "./cli-error.ts";
import { createProgram } from "./program.ts";
import { printError } from "./terminal.ts";

/** The reader of a pipe may go when it has what it wants (`mnet ir … | head`): that is no fault. */
function surviveClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (cause: NodeJS.ErrnoException) => {
    if (cause.code === "EPIPE") process.exit();
    throw cause;
  });
}

function reportFailure(cause: unknown): number {
  if (cause instanceof CommanderError) {
    // Help and version were asked for; commander has printed them.
    if (cause.exitCode === 0) return exitCode.clean;
    if (cause.code === "commander.help") return exitCode.usage;
    printError(cause.message.replace(/^error: /, ""), "See mnet --help, or --help behind a verb.");
    return exitCode.usage;
  }
  if (cause instanceof CliError) {
    printError(cause.message, cause.hint);
    return cause.exitCode;
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  printError(
    `internal error, please report it: ${message.split("\n", 1)[0] ?? ""}`,
    "MNET_DEBUG=1 shows where it happened.",
  );
  if (process.env["MNET_DEBUG"] === "1" && cause instanceof Error) process.stderr.write(`${cause.stack ?? ""}\n`);
  return exitCode.usage;
}

/** Pipes are written asynchronously: what was printed must have left before the process may end. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}

surviveClosedPipe(process.stdout);
surviveClosedPipe(process.stderr);
try {
  await createProgram().parseAsync();
} catch (cause) {
  process.exitCode = reportFailure(cause);
}
await flush(process.stdout);
await flush(process.stderr);
// Backends keep handles open (GPU devices, wasm threads) that would hold the process.
process.exit();
