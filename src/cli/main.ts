#!/usr/bin/env node
import { CommanderError } from "commander";
import { CliError, exitCode } from "./failure/cli-error.ts";
import { systemFailure } from "./failure/system-failure.ts";
import { UnavailableError } from "../machine/unavailable-error.ts";
import { unavailableFailure } from "./failure/unavailable-failure.ts";
import { createProgram } from "./program.ts";
import { printError, printFailureAsJson } from "./print/terminal.ts";

/** Ends the process quietly where the reader of a pipe has closed it, as in `mnet ir … | head`. */
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
    // Commander has printed the help or version that was asked for.
    if (cause.exitCode === 0) return exitCode.clean;
    if (cause.code === "commander.help") return exitCode.usage;
    fail(cause.message.replace(/^error: /, ""), "See mnet --help, or mnet VERB --help.");
    return exitCode.usage;
  }
  const failure = cause instanceof UnavailableError ? unavailableFailure(cause) : cause;
  if (failure instanceof CliError) {
    fail(failure.message, failure.hint);
    return failure.exitCode;
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  fail(`internal error, please report it: ${message.split("\n", 1)[0] ?? ""}`, "MNET_DEBUG=1 shows where it happened.");
  if (process.env["MNET_DEBUG"] === "1" && cause instanceof Error) process.stderr.write(`${cause.stack ?? ""}\n`);
  return exitCode.usage;
}

/** Waits until a stream has written everything. Pipes are written asynchronously, and the process must not end before. */
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
// Backends keep handles open, such as GPU devices and wasm threads, which would keep the process alive.
process.exit();
