import { error, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { quote } from "../../formats/file-problem.ts";
import { abridged } from "../../text/abridged.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { ExpectedLayer } from "./expected-layers.ts";
import type { Match } from "./match-layers.ts";

/** How a message names layers. */
const sum = { most: 3, separator: " + ", beforeRest: " + " };

/**
 * Finds the first layer whose input layers differ from those of its partner in the checkpoint. If a residual is
 * missing, all weights can still fit, but the network computes something else. Returns nothing if the checkpoint does
 * not contain the connections.
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
    // A layer without a partner is reported already, or is the user's own pairing.
    if (there === undefined || here.includes(-1)) continue;
    const wanted = new Set(there);
    if (here.length === wanted.size && here.every((source) => wanted.has(source))) continue;
    const name = layers[partner]!.name;
    const ownNames = named(layer.sources.map((source) => expected[source]!.path));
    const names = named(there.map((source) => layers[source]!.name));
    const message = `The input of layer ${quote(layer.path)} is the output of ${ownNames}, but in the checkpoint the input of ${quote(name)} is the output of ${names}.`;
    const hint = "Compare the residuals and branches before this row with those of the model.";
    return [{ ...error("weights/wiring", layer.span, message, { hint }), severity: "warning" }];
  }
  return [];
}

function named(names: readonly string[]): string {
  return names.length === 0 ? "no layer" : abridged(names.map(quote), sum);
}
