import pc from "picocolors";
import { printable } from "../../diagnostics/printable.ts";
import { useColor } from "./terminal.ts";

/** Returns a diff that `patch` and `git apply` read. On a terminal it is coloured, and holds no control characters. */
export async function unifiedDiff(file: string, before: string, after: string): Promise<string> {
  const { createTwoFilesPatch } = await import("diff");
  const [from, to] = file === "<stdin>" ? [file, "<formatted>"] : [`a/${file}`, `b/${file}`];
  const patch = createTwoFilesPatch(from, to, before, after).replace(/^=+\n/, "");
  if (!process.stdout.isTTY) return patch;
  const colors = pc.createColors(useColor(process.stdout));
  const paint = (line: string): string => {
    if (/^(---|\+\+\+) /.test(line)) return colors.bold(line);
    if (line.startsWith("@@")) return colors.cyan(line);
    if (line.startsWith("+")) return colors.green(line);
    return line.startsWith("-") ? colors.red(line) : line;
  };
  return patch
    .split("\n")
    .map((line) => paint(printable(line)))
    .join("\n");
}
