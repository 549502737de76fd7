import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { dropIdentities } from "../../src/passes/drop-identities.ts";
import { foldBatchNorm } from "../../src/passes/fold-batch-norm.ts";
import { foldPads } from "../../src/passes/fold-pads.ts";
import { fuseActivations } from "../../src/passes/fuse-activations.ts";
import { inferShapes } from "../../src/passes/infer-shapes.ts";
import type { ReportDiagnostic } from "../../src/passes/pass.ts";
import { inferenceGraph, trainingGraph } from "../../src/passes/pipeline.ts";
import { writeDenseAsConv } from "../../src/passes/write-dense-as-conv.ts";
import { interpret } from "../../src/reference/interpret.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { expectSameFunction, firstDifference, randomImage } from "../support/expect-same-function.ts";
import { buildGraph, graphRecipes } from "../support/random-graph.ts";

const refuse: ReportDiagnostic = ({ message }) => {
  throw new Error(message);
};
const runs = { numRuns: 150, seed: 20180113 };

function onRandomGraphs(check: (training: ShapedGraph, seed: number) => void): void {
  fc.assert(
    fc.property(graphRecipes, fc.nat(1_000_000), (recipe, seed) =>
      check(trainingGraph(buildGraph(recipe), refuse), seed),
    ),
    runs,
  );
}

describe("passes keep what a network computes", () => {
  it.each([dropIdentities, foldBatchNorm, foldPads, writeDenseAsConv, fuseActivations])("$name", (pass) => {
    let applied = 0;
    onRandomGraphs((training, seed) => {
      const after = pass.run(training, refuse);
      expect(verifyGraph(after)).toEqual([]);
      expectSameFunction(training, after, seed);
      if (after !== training) applied += 1;
    });
    // The property is empty where the pass never finds anything.
    expect(applied).toBeGreaterThan(20);
  });

  it("all inference passes in order", () => {
    onRandomGraphs((training, seed) => {
      const after = inferenceGraph(training, refuse);
      expect(verifyGraph(after)).toEqual([]);
      expectSameFunction(training, after, seed);
    });
  });

  it("insert-residuals comes to the graph whose sums were written by hand", () => {
    let sums = 0;
    fc.assert(
      fc.property(graphRecipes, fc.nat(1_000_000), (recipe, seed) => {
        const inserted = trainingGraph(buildGraph(recipe), refuse);
        const written = inferShapes.run(buildGraph(recipe, "explicit"), refuse);
        expect(verifyGraph(inserted)).toEqual([]);
        expect(inserted.nodes.map(({ path }) => path)).toEqual(written.nodes.map(({ path }) => path));
        const image = randomImage(written, seed);
        const weights = randomWeights(written, seed);
        const expected = interpret(written, weights, image);
        const actual = interpret(inserted, weights, image);
        for (const [position, node] of written.nodes.entries()) {
          const counterpart = inserted.nodes[position];
          expect(
            firstDifference(expected.get(node.id) ?? [], actual.get(counterpart?.id ?? -1) ?? [NaN]),
            `value of "${node.path}"`,
          ).toBeNull();
        }
        expect(inserted.outputs.map((output) => pathOf(inserted, output.node))).toEqual(
          written.outputs.map((output) => pathOf(written, output.node)),
        );
        sums += inserted.blocks.filter((block) => block.decision?.inserted).length;
      }),
      runs,
    );
    expect(sums).toBeGreaterThan(20);
  });
});

function pathOf(graph: ShapedGraph, id: number): string | undefined {
  return graph.nodes.find((node) => node.id === id)?.path;
}
