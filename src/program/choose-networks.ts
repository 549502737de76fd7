import { error, hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Program } from "./program.ts";
import { didYouMean } from "../text/did-you-mean.ts";

/** The network that is asked for, or else all of the file; none where it is unknown, which is then among the findings. */
export function chooseNetworks(
  program: Program,
  wanted: string | null,
): { readonly names: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  if (wanted === null) return { names: [...program.networks.keys()], diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const name = chooseNetwork(program, wanted, diagnostics);
  return { names: name === null ? [] : [name], diagnostics };
}

/** The network that is asked for, or else the first; null where there is none such, which is reported. */
export function chooseNetwork(program: Program, wanted: string | null, diagnostics: Diagnostic[]): string | null {
  const names = [...program.networks.keys()];
  if (wanted === null) {
    const [first] = names;
    if (first !== undefined) return first;
    if (!hasErrors(diagnostics)) {
      diagnostics.push(
        error(
          "network/none",
          program.entry.ast.span,
          `"${program.entry.source.name}" declares no network, only blocks.`,
          {
            hint: "Compile the file that imports it.",
          },
        ),
      );
    }
    return null;
  }
  if (program.networks.has(wanted)) return wanted;
  const near = didYouMean(wanted, names);
  diagnostics.push(
    error(
      "network/unknown",
      program.entry.ast.span,
      `"${program.entry.source.name}" declares no network "${wanted}".`,
      {
        hint:
          near !== null
            ? `Did you mean "${near}"?`
            : names.length === 0
              ? "It declares none."
              : `Its networks are ${names.join(", ")}.`,
      },
    ),
  );
  return null;
}
