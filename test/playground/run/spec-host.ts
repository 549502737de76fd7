import { readFileSync } from "node:fs";
import { chooseNetwork } from "../../../src/program/choose-networks.ts";
import { structureNetwork } from "../../../src/compile.ts";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.ts";
import { loadProgram } from "../../../src/program/load-program.ts";
import { inferenceGraph } from "../../../src/passes/pipeline.ts";
import { makeRunBuild } from "../../../src/playground/compiler/make-run-build.ts";
import type { RunHost } from "../../../src/playground/compiler/run-host.ts";
import { createSource } from "../../../src/text/source.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { readSafetensors } from "../../../src/formats/safetensors.ts";

/**
 * Does the work of a page's worker for the Run panel, on the first network of a spec: with the shipped weights for
 * digits, and random ones for others.
 */
export function specHost(text: string): RunHost {
  const source = createSource("spec.mnet", text);
  const program = loadProgram(source, () => null);
  const name = chooseNetwork(program, null).value ?? "";
  const { value: network, diagnostics: found } = structureNetwork(program, name, new Map());
  const diagnostics: Diagnostic[] = [...program.diagnostics, ...found];
  if (network === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const { training } = network;
  const inference = inferenceGraph(training, (diagnostic) => diagnostics.push(diagnostic));
  return {
    // An error must reject the promise.
    // eslint-disable-next-line @typescript-eslint/require-await
    build: async (targets) => makeRunBuild({ ...network, inference }, source, weights(), targets),
  };

  function weights() {
    if (name !== "Digits") return { store: randomWeights(training, 1), kind: "seed" } as const;
    const read = readSafetensors(readFileSync("specs/digits.safetensors"));
    if (!read.ok) throw new Error(read.problem.message);
    return { store: read.value.tensors, kind: "digits" } as const;
  }
}
