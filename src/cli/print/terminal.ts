import pc from "picocolors";
import { printable, printableJson } from "../../diagnostics/printable.ts";

/** Version of every `--json` document. It grows when a field changes its meaning or is removed. */
const schemaVersion = 1;

/** Returns true where text on a stream is to be coloured. `NO_COLOR` and `FORCE_COLOR` decide first (https://no-color.org). */
export function useColor(stream: NodeJS.WriteStream): boolean {
  if ((process.env["NO_COLOR"] ?? "") !== "") return false;
  const forced = process.env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY && process.env["TERM"] !== "dumb";
}

let dataWasPrinted = false;

/** Prints the data of a verb on stdout. The text holds no control characters. */
export function printData(text: string): void {
  dataWasPrinted = true;
  process.stdout.write(text.endsWith("\n") || text === "" ? text : `${text}\n`);
}

/** Prints one JSON document on stdout. `schemaVersion` comes first. */
export function printJson(document: object): void {
  printData(printableJson({ schemaVersion, ...document }));
}

/** Prints a failure as JSON, where the verb has printed no data. So stdout holds one document where JSON was asked for. */
export function printFailureAsJson(message: string, hint: string | null): void {
  if (!dataWasPrinted) printJson({ error: { message, hint } });
}

/** Prints a note beside the data, on stderr. */
export function printNote(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** Prints a warning on stderr. */
export function printWarning(text: string): void {
  process.stderr.write(`${pc.createColors(useColor(process.stderr)).yellow("warning")}: ${printable(text)}\n`);
}

/** Prints an error on stderr, with its hint on the next line. */
export function printError(text: string, hint: string | null): void {
  const colors = pc.createColors(useColor(process.stderr));
  const lines = text.split("\n").map(printable).join("\n");
  process.stderr.write(`${colors.red("error")}: ${lines}\n`);
  if (hint !== null) process.stderr.write(`  ${colors.green("hint")}: ${printable(hint)}\n`);
}

/** Says what a verb is doing. */
export interface Progress {
  readonly step: (text: string) => void;
  readonly end: () => void;
}

/** Makes a progress that rewrites one line on a terminal. It prints nothing anywhere else. */
export function createProgress(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY || process.env["TERM"] === "dumb") return { step: () => undefined, end: () => undefined };
  return {
    step: (text) => stderr.write(`\r\u001b[K${printable(text).slice(0, Math.max(20, stderr.columns - 1))}`),
    end: () => stderr.write("\r\u001b[K"),
  };
}
