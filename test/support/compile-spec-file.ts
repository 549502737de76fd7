import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type CompiledNetwork } from "../../src/compile.ts";
import { renderTerminal } from "../../src/diagnostics/render-terminal.ts";
import { createSource } from "../../src/text/source.ts";

const specsFolder = join(import.meta.dirname, "../../specs");

export interface CompileSpecFileOptions {
  /** The first network of the file if it is left out. */
  readonly network?: string;
  readonly set?: Readonly<Record<string, string | number>>;
}

/** Compiles a network of a shipped spec, by its file name in specs/. Throws its findings in their printed form. */
export function compileSpecFile(file: string, { network, set = {} }: CompileSpecFileOptions = {}): CompiledNetwork {
  const { value, diagnostics, sources } = compile(createSource(file, readFileSync(join(specsFolder, file), "utf8")), {
    network: network ?? null,
    set: new Map(Object.entries(set).map(([name, setting]) => [name, String(setting)])),
    read: (path) => {
      const found = join(specsFolder, path);
      return existsSync(found) ? readFileSync(found, "utf8") : null;
    },
  });
  if (value === null || diagnostics.length > 0) {
    throw new Error(`${file} does not compile cleanly:\n${renderTerminal(diagnostics, sources, { color: false })}`);
  }
  return value;
}
