import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { NetworkDeclaration, PresetDeclaration } from "../syntax/ast.ts";
import type { Program } from "../program/program.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { reportError, type LoweringState } from "./state.ts";

/** A network to lower, and the preset that gives its params, if the user asks for one. */
export interface NetworkTarget {
  readonly network: NetworkDeclaration;
  readonly preset: PresetDeclaration | null;
}

/** Finds a network or preset by name. Returns null if there is none. Reports a fault of a preset's base and returns null for it. */
export function networkTarget(program: Program, name: string, state: LoweringState): NetworkTarget | null {
  const declared = program.networks.get(name);
  if (declared === undefined) return null;
  if (declared.kind === "network") return { network: declared, preset: null };
  const base = program.networks.get(declared.base.text);
  if (base?.kind === "network") return { network: base, preset: declared };
  if (declared.base.text === "") return null;
  const bases = [...program.networks.values()].filter((item) => item.kind === "network").map((item) => item.name.text);
  const near = didYouMean(declared.base.text, bases);
  reportError(
    state,
    "network/preset-base",
    declared.base.span,
    base === undefined ? `There is no network "${declared.base.text}".` : `"${declared.base.text}" is a preset itself.`,
    {
      hint:
        base !== undefined
          ? `Start from its base, "${base.base.text}".`
          : near === null
            ? "Name a network of this file."
            : `Did you mean "${near}"?`,
      ...rewriteFix(declared.base.span, base === undefined ? near : null),
    },
  );
  return null;
}
