import { makeRunBuild } from "./make-run-build.ts";
import type { RunBuild, RunTargets } from "./run-host.ts";
import { withWeights } from "./choose-weights.ts";
import type { OpenDocument } from "./open-document.ts";
import type { SessionFiles } from "./session-files.ts";

/** Builds the network with its weights as files in memory, for the page to run. */
export async function buildForRun(open: OpenDocument, targets: RunTargets, files: SessionFiles): Promise<RunBuild> {
  const { weights, kind, ...network } = await withWeights(open, files);
  return makeRunBuild(network, open.state.source, { store: weights, kind }, targets);
}
