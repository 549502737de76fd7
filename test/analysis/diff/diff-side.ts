import type { DiffSide } from "../../../src/analysis/diff/diff-networks.ts";
import { compileProgram } from "../../../src/compile.ts";
import { loadProgram } from "../../../src/program/load-program.ts";
import { createSource } from "../../../src/text/source.ts";

/** A network of a text as one side of a comparison. */
export function diffSide(
  text: string,
  network: string | null = null,
  files: Readonly<Record<string, string>> = {},
): DiffSide {
  const program = loadProgram(createSource("spec.mnet", text), (path) => files[path] ?? null);
  const { value, diagnostics } = compileProgram(program, { network, set: new Map() });
  if (value === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return { ...value, program };
}

/** A network around a body. */
export function spec(body: string, input = "input image [16, 16, 4] mean=127.5 std=127.5"): string {
  return `network N {\n  ${input}\n${body}\n}\n`;
}
