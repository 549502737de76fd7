import type { CompiledNetwork } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../text/source.ts";
import { failWithFindings, noteFindings } from "../print/report-findings.ts";
import { openSpec, type SpecOptions, specRequest } from "../options/spec.ts";

/** A compiled network, with the text of every file that findings can be in. */
export interface CompiledSpec {
  readonly value: CompiledNetwork;
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Compiles one network of a spec, and prints what was found.
 *
 * @param how `asserts` says what becomes of a network that breaks an `assert`: verbs that make something of it refuse it, and
 * verbs that only look at it show it
 * @returns null, with the exit code set, where the network has errors or is refused
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
