import { hasErrors } from "../../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import { asMap, elementsOf } from "../../ir/shape.ts";
import type { Trace } from "../../lower/trace.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import { emitGraphModel } from "../../targets/tfjs/emit-models.ts";
import { emitWebgpu } from "../../targets/webgpu/emit.ts";
import type { Source } from "../../text/source.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { fileBytes } from "./file-bytes.ts";
import type { RunBuild, RunTargets } from "./run-host.ts";
import { specLines } from "./spec-lines.ts";

/** The graphs of a network, and the trace from its layers to the spec. */
interface RunNetwork {
  readonly training: ShapedGraph;
  readonly inference: ShapedGraph;
  readonly trace: Trace;
}

/**
 * Emits the files that a page runs.
 *
 * @throws an error with the messages of the findings if a device would refuse the network
 */
export function makeRunBuild(
  { training, inference, trace }: RunNetwork,
  source: Source,
  weights: { readonly store: WeightStore; readonly kind: RunBuild["weights"] },
  { webgpu, tfjs, device }: RunTargets,
): RunBuild {
  const emitted = webgpu ? emitWebgpu(inference, weights.store, { device }) : { files: [], diagnostics: [] };
  if (hasErrors(emitted.diagnostics)) {
    throw new Error(emitted.diagnostics.map(({ message }) => message).join(" "));
  }
  const graphModel = tfjs ? emitGraphModel(inference, weights.store) : [];
  return {
    network: training.name,
    input: asMap(training.input.shape) ?? { h: 1, w: 1, c: elementsOf(training.input.shape) },
    normalization: training.input.normalization,
    webgpu: bytesByPath(emitted.files),
    graphModel: bytesByPath(graphModel.map(({ path, contents }) => ({ path: path.replace(/^graph\//, ""), contents }))),
    weights: weights.kind,
    labels: training.labels,
    lines: specLines(training, trace, source),
  };
}

function bytesByPath(files: readonly EmittedFile[]): ReadonlyMap<string, Uint8Array> {
  return new Map(files.map((file) => [file.path, fileBytes(file)]));
}
