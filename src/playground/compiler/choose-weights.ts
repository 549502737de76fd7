import type { CompiledNetwork } from "../../compile.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { countGraph } from "../../analysis/counts.ts";
import { checkWeights } from "../../weights/check-weights.ts";
import { initializeWeights } from "../../weights/initialize.ts";
import { readSafetensors } from "../../formats/safetensors.ts";
import type { Trace } from "../../lower/trace.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import type { OpenDocument } from "./open-document.ts";
import type { SessionFiles } from "./session-files.ts";

/** The most float32 weights that a network may have, so that the memory of a page can hold several copies of them. */
const mostWeights = 64e6;

/** A compiled network with weights. */
export interface WeighedNetwork extends CompiledNetwork {
  readonly trace: Trace;
  readonly weights: WeightStore;
  /** `digits` for the shipped weights, `seed` for weights that the initialisers draw from seed 0. */
  readonly kind: "digits" | "seed";
}

/**
 * Compiles the network of a document, and chooses its weights.
 *
 * @throws an error with a sentence for the reader if the network does not compile or is too large for a page
 */
export async function withWeights(open: OpenDocument, files: SessionFiles): Promise<WeighedNetwork> {
  const network = open.compiled();
  if (network === null) {
    const [first] = open.problems();
    throw new Error(
      first === undefined ? "The spec declares no network." : `The network does not compile: ${first.message}`,
    );
  }
  const { params } = countGraph(network.training);
  if (params.total > mostWeights) {
    const count = `${String(Math.round(params.total / 1e6))} million weights`;
    throw new Error(`${count} are too many for a page. Build the network with "mnet build" on the command line.`);
  }
  const digits = open.document.name === "digits.mnet" ? await shippedDigits(network, files) : null;
  return digits === null
    ? { ...network, weights: initializeWeights(network.training, 0), kind: "seed" }
    : { ...network, weights: digits, kind: "digits" };
}

/** Returns the shipped weights of `digits.mnet`, or null if they no longer fit the network. */
async function shippedDigits(
  { training }: Pick<CompiledNetwork, "training">,
  files: SessionFiles,
): Promise<WeightStore | null> {
  const read = readSafetensors(await files.digitsWeights());
  if (!read.ok) throw new Error(`The shipped weights cannot be read: ${read.problem.message}`);
  return hasErrors(checkWeights(training, read.value.tensors)) ? null : read.value.tensors;
}
