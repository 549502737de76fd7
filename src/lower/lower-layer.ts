import type { Op } from "../ir/op.ts";
import type { ArgumentSpec } from "../language/argument.ts";
import type { AnyLanguageOp, LayerParts } from "../language/language-op.ts";
import { opEntries, type LanguageOp } from "../language/ops.ts";
import { readArguments } from "./arguments/read-argument.ts";
import type { LoweringState } from "./state.ts";
import type { Argument } from "./environment.ts";

/** One node of a statement. */
export interface LayerPart {
  /** `""` for the layer's own node, `norm` and `act` for what follows in it. */
  readonly suffix: "" | "norm" | "act";
  readonly op: Op;
}

/** The positional and named arguments that apply. Those of a `default` are among them. */
export type LayerArguments = ReadonlyMap<string, Argument>;

/** Returns the nodes of a statement: that of its op, then its norm, then its activation. Returns null if an argument is in error. */
export function lowerLayer(state: LoweringState, op: LanguageOp, args: LayerArguments): readonly LayerPart[] | null {
  const entry: AnyLanguageOp = opEntries[op];
  const shown = (key: string): string => (namesItsOp(entry.positional[key]) ? op : key);
  const values = readArguments(state, { ...entry.positional, ...entry.attributes }, args, shown);
  // The entry's own specs are what the values were read by, which TypeScript cannot follow through the table.
  return values === null ? null : partsOf(entry.make(values as never));
}

/** True for the word in `act relu` or `norm layer`, which readers know by the op's name and not by its own. */
function namesItsOp(positional: ArgumentSpec | undefined): boolean {
  return positional?.kind.kind === "word" || positional?.kind.kind === "call";
}

function partsOf({ own, norm, act }: LayerParts): readonly LayerPart[] {
  const parts: LayerPart[] = [];
  if (own !== null) parts.push({ suffix: "", op: own });
  if (norm !== null) parts.push({ suffix: "norm", op: norm });
  if (act !== null) parts.push({ suffix: "act", op: act });
  return parts;
}
