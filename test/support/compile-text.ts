import { compile, type Compilation } from "../../src/compile.ts";
import { createSource, positionAt } from "../../src/text/source.ts";

export interface CompileTextOptions {
  readonly network?: string;
  readonly set?: Readonly<Record<string, string>>;
  /** Other files by path, for imports and labels. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Compiles a spec given as text. */
export function compileText(text: string, options: CompileTextOptions = {}): Compilation {
  return compile(createSource("spec.mnet", text), {
    network: options.network ?? null,
    set: new Map(Object.entries(options.set ?? {})),
    read: (path) => options.files?.[path] ?? null,
  });
}

/** Returns findings as `line:column code message`, in order. */
export function findings(text: string, options: CompileTextOptions = {}): readonly string[] {
  const { diagnostics, sources } = compileText(text, options);
  return diagnostics.map(({ code, message, span }) => {
    const source = sources.get(span.file);
    if (source === undefined) throw new Error(`no source ${span.file}`);
    const { line, column } = positionAt(source, span.start);
    const file = span.file === "spec.mnet" ? "" : `${span.file}:`;
    return `${file}${line}:${column} ${code} ${message}`;
  });
}

/** Returns the compiled network of a spec that must have no findings. */
export function compiled(text: string, options: CompileTextOptions = {}) {
  const { value } = compileText(text, options);
  const found = findings(text, options);
  if (value === null || found.length > 0) throw new Error(`unexpected findings:\n${found.join("\n")}`);
  return value;
}

/** Returns the text of a network with the given body. Its first statement is on line 3. */
export function network(body: string, input = "input image [8, 8, 4]"): string {
  return `network N {\n  ${input}\n${body}\n}\n`;
}
