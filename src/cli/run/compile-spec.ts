import type { CompiledNetwork } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../text/source.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { openSpec, type SpecOptions, specRequest } from "../options/spec.ts";

export interface CompiledSpec {
  readonly value: CompiledNetwork;
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Compiles one network of a spec and prints what was found; null, with the exit code set, where it may not be used. A verb
 * that makes something of the network refuses one that breaks an `assert`; one that only looks shows it all the same.
 */
export async function compileSpec(
  spec: string,
  options: SpecOptions,
  how: { readonly json: boolean; readonly asserts: "refuse" | "show" },
): Promise<CompiledSpec | null> {
  const { compile } = await import("../../compile.ts");
  const { entry, read } = openSpec(spec);
  const { value, diagnostics, sources } = compile(entry, specRequest(options, read));
  if (value === null || (how.asserts === "refuse" && hasErrors(diagnostics))) {
    failWithFindings({ diagnostics, sources }, how.json);
    return null;
  }
  noteFindings({ diagnostics, sources });
  return { value, sources };
}
