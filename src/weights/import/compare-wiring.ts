import { error, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { quote } from "../../formats/weight-file-problem.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ExpectedLayer } from "./expected-layers.ts";
import type { Match } from "./match-layers.ts";

/** How many layers a message names. */
const named = 3;

/**
 * The first layer that is fed by others than its partner in the checkpoint: all weights can fit where a residual is missing, and the
 * network then computes something else. Nothing where the checkpoint does not tell what feeds what.
 */
export function compareWiring(
  expected: readonly ExpectedLayer[],
  checkpoint: Checkpoint,
  matches: ReadonlyMap<number, Match>,
): readonly Diagnostic[] {
  const { layers, sources } = checkpoint;
  if (sources === null) return [];
  for (const [index, layer] of expected.entries()) {
    const partner = matches.get(index)?.layer ?? -1;
    const there = sources[partner];
    const here = layer.sources.map((source) => matches.get(source)?.layer ?? -1);
    // What has no partner is reported already, or is the user's own pairing.
    if (there === undefined || here.includes(-1)) continue;
    const wanted = new Set(there);
    if (here.length === wanted.size && here.every((source) => wanted.has(source))) continue;
    const name = layers[partner]!.name;
    const ownNames = list(layer.sources.map((source) => expected[source]!.path));
    const names = list(there.map((source) => layers[source]!.name));
    const message = `Layer ${quote(layer.path)} reads what ${ownNames} computes, and ${quote(name)} of the checkpoint what ${names} computes.`;
    const hint = "Compare the residuals and branches before this row with those of the model.";
    return [{ ...error("weights/wiring", layer.span, message, { hint }), severity: "warning" }];
  }
  return [];
}

function list(names: readonly string[]): string {
  if (names.length === 0) return "no layer";
  const shown = names.slice(0, named).map(quote).join(" + ");
  return names.length > named ? `${shown} + ${names.length - named} more` : shown;
}
