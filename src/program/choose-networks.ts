import { error, hasErrors, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.ts";
import type { Program } from "./program.ts";
import { didYouMean } from "../text/did-you-mean.ts";

/** Returns the names of the networks to look at: the one that is asked for, or all of the file. No names where it is unknown. */
export function chooseNetworks(
  program: Program,
  wanted: string | null,
): { readonly names: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  if (wanted === null) return { names: [...program.networks.keys()], diagnostics: [] };
  const { value, diagnostics } = chooseNetwork(program, wanted);
  return { names: value === null ? [] : [value], diagnostics };
}

/**
 * Returns the name of the network that is asked for, or of the first one of the file. The value is null where there is no such network. A
 * file without networks is reported only if nothing in it is in error: an error may be the reason why it declares none.
 */
export function chooseNetwork(program: Program, wanted: string | null): Outcome<string> {
  const names = [...program.networks.keys()];
  const { ast, source } = program.entry;
  if (wanted === null) {
    const [first = null] = names;
    if (first !== null || hasErrors(program.diagnostics)) return { value: first, diagnostics: [] };
    const message = `"${source.name}" declares no network, only blocks.`;
    const none = error("network/none", ast.span, message, { hint: "Compile the file that imports it." });
    return { value: null, diagnostics: [none] };
  }
  if (program.networks.has(wanted)) return { value: wanted, diagnostics: [] };
  const near = didYouMean(wanted, names);
  const known = names.length === 0 ? "It declares none." : `Its networks are ${names.join(", ")}.`;
  const unknown = error("network/unknown", ast.span, `"${source.name}" declares no network "${wanted}".`, {
    hint: near === null ? known : `Did you mean "${near}"?`,
  });
  return { value: null, diagnostics: [unknown] };
}
