import { error, hasErrors, type Diagnostic, type Outcome } from "../../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";
import { checkWeights } from "../check-weights.ts";
import { counted } from "../../text/counted.ts";
import { abridged } from "../../text/abridged.ts";
import type { WeightStore, WeightTensor } from "../../formats/tensor.ts";
import { quote } from "../../formats/file-problem.ts";
import type { Checkpoint, CheckpointLayer } from "./checkpoint.ts";
import { compareWiring } from "./compare-wiring.ts";
import { convertTensor, storedShape } from "./convert-tensor.ts";
import { expectedLayers, type ExpectedLayer } from "./expected-layers.ts";
import { matchLayers, type MatchReason, type Mismatch } from "./match-layers.ts";
import { readNameMap } from "./name-map.ts";

/** Where a weight came from. */
export interface ImportedWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly from: string;
  readonly fromShape: Shape;
  readonly reason: MatchReason;
}

/** The network's weights and the findings of the import. The value is null if a finding is an error. */
export interface Import extends Outcome<WeightStore> {
  /** The weights that could be matched, in the network's order. */
  readonly table: readonly ImportedWeight[];
}

/**
 * Finds the network's weights among a checkpoint's tensors. `names` is the user's map from weights to tensors. A layer
 * with one entry in it takes its other tensors from the same layer of the checkpoint. Findings are at the row that
 * reads the weight.
 */
export function importWeights(graph: ShapedGraph, checkpoint: Checkpoint, names: ReadonlyMap<string, string>): Import {
  const expected = expectedLayers(graph);
  const map = readNameMap(graph, expected, checkpoint, names);
  const { matches, mismatches, unused } = matchLayers(expected, checkpoint, map.layers);
  const diagnostics: Diagnostic[] = [
    ...map.diagnostics,
    ...mismatches.map((mismatch) => reportMismatch(expected, checkpoint, mismatch, unused)),
  ];
  const table: ImportedWeight[] = [];
  const weights = new Map<string, WeightTensor>();
  const used = new Set<WeightTensor>();
  const given = new Set(map.tensors.values());
  for (const [index, layer] of expected.entries()) {
    const match = matches.get(index);
    const source = match === undefined ? null : (checkpoint.layers[match.layer] ?? null);
    for (const [slot, shape] of layer.slots) {
      const name = `${layer.path}/${slot}`;
      const chosen = map.tensors.get(name);
      const own = source?.tensors.get(slot);
      const tensor = chosen ?? (own === undefined || used.has(own) || given.has(own) ? null : own);
      if (tensor === null) {
        if (match !== undefined) diagnostics.push(reportSlot(layer, name, shape, source));
        continue;
      }
      used.add(tensor);
      const reason = chosen === undefined ? (match?.reason ?? "map") : "map";
      table.push({ name, shape, from: tensor.name, fromShape: tensor.shape, reason });
      const data = convertTensor(tensor, layer, slot, shape, checkpoint.layout);
      if (data === null) {
        const stored = slot === "kernel" ? storedShape(layer, shape, checkpoint.layout) : shape;
        diagnostics.push(reportShape(layer, name, shape, stored, tensor));
      } else weights.set(name, { name, shape, data });
    }
    if (source !== null) diagnostics.push(...compareEpsilon(layer, source.epsilon, source.name));
  }
  const left = [...checkpoint.layers.flatMap((layer) => [...layer.tensors.values()]), ...checkpoint.others].filter(
    (tensor) => !used.has(tensor),
  );
  if (left.length > 0 && !hasErrors(diagnostics)) diagnostics.push(reportUnused(graph, checkpoint, left));
  if (!hasErrors(diagnostics)) {
    diagnostics.push(...compareWiring(expected, checkpoint, matches), ...checkWeights(graph, weights));
  }
  return { value: hasErrors(diagnostics) ? null : weights, table, diagnostics };
}

function reportMismatch(
  expected: readonly ExpectedLayer[],
  checkpoint: Checkpoint,
  { key, expected: members, found }: Mismatch,
  unused: readonly number[],
): Diagnostic {
  const { span } = expected[members[0]!]!;
  const here = abridged(members.map((index) => quote(expected[index]!.path)));
  const there = abridged(found.map((index) => quote(checkpoint.layers[index]!.name)));
  if (members.length === found.length) {
    const message = `The network has ${counted(members.length, "layer")} with ${key} (${here}), and the checkpoint ${found.length} (${there}); neither structure nor names tell which is which.`;
    return error("weights/ambiguous", span, message, {
      hint: "Write the pairs in a file and give it with --map FILE.",
    });
  }
  const message = `The network has ${counted(members.length, "layer")} with ${key} (${here}), and the checkpoint has ${found.length === 0 ? "none" : `${found.length} (${there})`}.`;
  const rest = abridged(unused.map((index) => quote(describeLayer(checkpoint, index))));
  const hint =
    found.length > members.length
      ? "Write the pairs to use in a file and give it with --map FILE."
      : unused.length > 0
        ? `Compare with the unused layers of the checkpoint: ${rest}.`
        : "Import a checkpoint of this network and these params.";
  return error(found.length > members.length ? "weights/ambiguous" : "weights/misfit", span, message, { hint });
}

function describeLayer({ layers }: Checkpoint, index: number): string {
  const { name, tensors } = layers[index]!;
  const [first] = tensors.values();
  return `${name} ${formatShape(first?.shape ?? [])}`;
}

function reportSlot(layer: ExpectedLayer, name: string, shape: Shape, source: CheckpointLayer | null): Diagnostic {
  const where = source === null ? "" : ` in layer ${quote(source.name)} of the checkpoint`;
  const message = `Weight ${quote(name)} of shape ${formatShape(shape)} has no counterpart${where}.`;
  return error("weights/misfit", layer.span, message, { hint: "Map it as well with --map FILE." });
}

/** Reports a tensor of another shape than `wanted`, the shape that it would have in the checkpoint's layout. */
function reportShape(
  { span }: ExpectedLayer,
  name: string,
  shape: Shape,
  wanted: Shape,
  tensor: WeightTensor,
): Diagnostic {
  const message = `Weight ${quote(name)} of shape ${formatShape(shape)}: expected a tensor of shape ${formatShape(wanted)}, found ${quote(tensor.name)} of ${formatShape(tensor.shape)}.`;
  return error("weights/misfit", span, message, { hint: "Map it to another tensor." });
}

/** Frameworks store epsilon in float32 or as a decimal. A difference beyond that rounding is a real difference. */
function compareEpsilon(layer: ExpectedLayer, found: number | null, source: string): readonly Diagnostic[] {
  const { epsilon, path, span } = layer;
  if (epsilon === null || found === null || Math.abs(found - epsilon) <= 1e-6 * epsilon) return [];
  const message = `Norm ${quote(path)} adds ${epsilon} to the variance, and the checkpoint's ${quote(source)} adds ${found}.`;
  const hint = `Write norm=batch(eps=${found}).`;
  return [{ ...error("weights/epsilon", span, message, { hint }), severity: "warning" }];
}

function reportUnused(graph: ShapedGraph, { format }: Checkpoint, left: readonly WeightTensor[]): Diagnostic {
  const names = abridged(left.map(({ name, shape }) => quote(`${name} ${formatShape(shape)}`)));
  const verb = left.length === 1 ? "tensor is" : "tensors are";
  const message = `${left.length} ${verb} read by no layer of "${graph.name}": ${names}.`;
  const hint = `Check that the ${format} file is of this network and not of a larger one.`;
  return { ...error("weights/unused", graph.span, message, { hint }), severity: "warning" };
}
