import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CompiledNetwork } from "../../src/compile.ts";
import { isLinear, mergedBranches } from "../../src/ir/op.ts";
import { compareTensors } from "../../src/reference/compare.ts";
import { interpret } from "../../src/reference/interpret.ts";
import { foldedForm } from "../../src/targets/tfjs/models/folded-form.ts";
import { readSafetensors } from "../../src/formats/safetensors.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { image } from "./import/fixtures.ts";
import { frameworkNetworks, importNetwork } from "./import/framework-networks.ts";

/** Networks that were trained, or at least made by a framework with statistics that are no identity. */
async function networks(): Promise<readonly (readonly [string, CompiledNetwork, WeightStore])[]> {
  const made = await Promise.all(
    frameworkNetworks.map(async (network) => {
      const { compiled, weights } = await importNetwork(network);
      return [network.file, compiled, weights] as const;
    }),
  );
  const digits = readSafetensors(readFileSync(join(import.meta.dirname, "../../specs/digits.safetensors")));
  if (!digits.ok) throw new Error(digits.problem.message);
  return [...made, ["digits.safetensors", compileSpecFile("digits.mnet"), digits.value.tensors]];
}

describe.each(await networks())("trained weights of %s, folded", (_name, { training, inference }, weights) => {
  it("compute every value of the network within 1e-5 of what they compute unfolded", () => {
    const [size = 0, , channels] = training.input.shape;
    const input = image(size, channels);
    const folded = foldedForm(inference, weights);
    const before = interpret(training, weights, input);
    const after = interpret(folded.graph, folded.weights, input);
    const takesNorms = inference.nodes.filter(
      (node) => isLinear(node) && (node.folded.length > 0 || mergedBranches(node).length > 0),
    );
    expect(takesNorms.length).toBeGreaterThan(0);
    for (const { id, path } of inference.nodes) {
      // An id names a value: the folded op has the id of the op that it took in.
      const { reason } = compareTensors(before.get(id) ?? [], after.get(id) ?? [], { relative: 1e-5 });
      expect(reason, path).toBeNull();
    }
  });
});
