#!/usr/bin/env node
import { CommanderError } from "commander";
import { CliError, exitCode, systemFailure } from "./cli-error.ts";
import { createProgram } from "./program.ts";
import { printError, printFailureAsJson } from "./print/terminal.ts";

/** The reader of a pipe may go when it has what it wants (`mnet ir … | head`): that is no fault. */
function surviveClosedPipe(stream: NodeJS.WriteStream, name: string): void {
  stream.on("error", (cause: NodeJS.ErrnoException) => {
    if (cause.code === "EPIPE") process.exit();
    if (stream === process.stdout) printError(systemFailure(`Cannot write ${name}`, cause).message, null);
    process.exit(exitCode.usage);
  });
}

function fail(message: string, hint: string | null): void {
  printError(message, hint);
  const words = process.argv.slice(2);
  const options = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  if (asksForJson(options)) printFailureAsJson(message, hint);
}

function asksForJson(options: readonly string[]): boolean {
  return options.some(
    (word, index) =>
      word === "--json" || word === "--format=json" || (word === "--format" && options[index + 1] === "json"),
  );
}

function reportFailure(cause: unknown): number {
  if (cause instanceof CommanderError) {
    // Help and version were asked for; commander has printed them.
    if (cause.exitCode === 0) return exitCode.clean;
    if (cause.code === "commander.help") return exitCode.usage;
    fail(cause.message.replace(/^error: /, ""), "See mnet --help, or --help behind a verb.");
    return exitCode.usage;
  }
  if (cause instanceof CliError) {
    fail(cause.message, cause.hint);
    return cause.exitCode;
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  fail(`internal error, please report it: ${message.split("\n", 1)[0] ?? ""}`, "MNET_DEBUG=1 shows where it happened.");
  if (process.env["MNET_DEBUG"] === "1" && cause instanceof Error) process.stderr.write(`${cause.stack ?? ""}\n`);
  return exitCode.usage;
}

/** Pipes are written asynchronously: what was printed must have left before the process may end. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}

surviveClosedPipe(process.stdout, "standard output");
surviveClosedPipe(process.stderr, "standard error");
try {
  await createProgram().parseAsync();
} catch (cause) {
  process.exitCode = reportFailure(cause);
}
await flush(process.stdout);
await flush(process.stderr);
// Backends keep handles open (GPU devices, wasm threads) that would hold the process.
process.exit();
