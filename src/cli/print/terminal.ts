import pc from "picocolors";
import { printable, printableJson } from "../../diagnostics/printable.ts";

/** Version of every `--json` document; it grows when a field changes its meaning or goes. */
const schemaVersion = 1;

/** `NO_COLOR` and `FORCE_COLOR` win over what the stream is (https://no-color.org). */
export function useColor(stream: NodeJS.WriteStream): boolean {
  if ((process.env["NO_COLOR"] ?? "") !== "") return false;
  const forced = process.env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY && process.env["TERM"] !== "dumb";
}

let dataWasPrinted = false;

/** Data: what the verb was asked for. The text is printable already. */
export function printData(text: string): void {
  dataWasPrinted = true;
  process.stdout.write(text.endsWith("\n") || text === "" ? text : `${text}\n`);
}

/** One JSON document on stdout, `schemaVersion` first. */
export function printJson(document: object): void {
  printData(printableJson({ schemaVersion, ...document }));
}

/** Where JSON was asked for, stdout holds one document whatever happens: this one, if the verb got no further. */
export function printFailureAsJson(message: string, hint: string | null): void {
  if (!dataWasPrinted) printJson({ error: { message, hint } });
}

/** A word beside the data, on stderr. */
export function printNote(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

export function printWarning(text: string): void {
  process.stderr.write(`${pc.createColors(useColor(process.stderr)).yellow("warning")}: ${printable(text)}\n`);
}

export function printError(text: string, hint: string | null): void {
  const colors = pc.createColors(useColor(process.stderr));
  const lines = text.split("\n").map(printable).join("\n");
  process.stderr.write(`${colors.red("error")}: ${lines}\n`);
  if (hint !== null) process.stderr.write(`  ${colors.green("hint")}: ${printable(hint)}\n`);
}

/** Says what is being done while it is done. */
export interface Progress {
  readonly step: (text: string) => void;
  readonly end: () => void;
}

/** One line that rewrites itself on a terminal; silent anywhere else. */
export function createProgress(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY || process.env["TERM"] === "dumb") return { step: () => undefined, end: () => undefined };
  return {
    step: (text) => stderr.write(`\r\u001b[K${printable(text).slice(0, Math.max(20, stderr.columns - 1))}`),
    end: () => stderr.write("\r\u001b[K"),
  };
}
