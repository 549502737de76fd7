import { describe, expect, it } from "vitest";
import { printGraph } from "../../src/ir/print.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { graphAfter, inferenceGraph, passNames, trainingGraph } from "../../src/passes/pipeline.ts";
import type { ReportDiagnostic } from "../../src/passes/pass.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { randomGraph } from "../support/random-graph.ts";

const refuse: ReportDiagnostic = ({ message }) => {
  throw new Error(message);
};

function bottleneck() {
  const builder = graphBuilder("net", [8, 8, 4]);
  const block = builder.block("b", builder.input, "auto", [1, 1], () => {
    const expand = builder.conv("b/expand", builder.input, 8, { bias: false });
    const active = builder.act("b/expand", builder.norm("b/expand", expand), "relu6");
    const dropped = builder.push("b/dropout", { op: "dropout", rate: 0.1 }, [active]);
    return builder.norm("b/project", builder.conv("b/project", dropped, 4, { bias: false }));
  });
  return builder.lowered(block);
}

describe("pipeline", () => {
  it("names every stage in order", () => {
    expect(passNames).toEqual([
      "lower",
      "infer-shapes",
      "insert-residuals",
      "drop-identities",
      "fold-batch-norm",
      "fold-pads",
      "merge-branches",
      "write-dense-as-conv",
      "fuse-activations",
    ]);
  });

  it("makes the training and the inference graph", () => {
    const training = trainingGraph(bottleneck(), refuse);
    expect(printGraph(training)).toMatchInlineSnapshot(`
      "network net
      input input 8x8x4
      nodes
        %0 = input() : 8x8x4                                 ; input
        %1 = conv(%0) 1x1x4x8 pads=0,0,0,0 : 8x8x8           ; b/expand
        %2 = batch_norm(%1) eps=0.001 momentum=0.99 : 8x8x8  ; b/expand/norm
        %3 = activation(%2) relu6 : 8x8x8                    ; b/expand/act
        %4 = dropout(%3) rate=0.1 : 8x8x8                    ; b/dropout
        %5 = conv(%4) 1x1x8x4 pads=0,0,0,0 : 8x8x4           ; b/project
        %6 = batch_norm(%5) eps=0.001 momentum=0.99 : 8x8x4  ; b/project/norm
        %7 = add(%6, %0) : 8x8x4                             ; b/add
      blocks
        b = test_block(%0) -> %7 stride=1 residual=auto: added, stride 1, 4 = 4 channels
      outputs
        output = %7  ; b/project/norm
      "
    `);
    expect(printGraph(inferenceGraph(training, refuse))).toMatchInlineSnapshot(`
      "network net
      input input 8x8x4
      nodes
        %0 = input() : 8x8x4                                                                ; input
        %3 = conv(%0) 1x1x4x8 pads=0,0,0,0 fold(b/expand/norm eps=0.001) act=relu6 : 8x8x8  ; b/expand
        %6 = conv(%3) 1x1x8x4 pads=0,0,0,0 fold(b/project/norm eps=0.001) : 8x8x4           ; b/project
        %7 = add(%6, %0) : 8x8x4                                                            ; b/add
      blocks
        b = test_block(%0) -> %7 stride=1 residual=auto: added, stride 1, 4 = 4 channels
      outputs
        output = %7  ; b/project/norm
      "
    `);
  });

  it("stops after the named pass", () => {
    const lowered = bottleneck();
    const training = trainingGraph(lowered, refuse);
    expect(graphAfter(lowered, "lower", refuse)).toBe(lowered);
    expect(graphAfter(lowered, "insert-residuals", refuse)).toEqual(training);
    expect(graphAfter(lowered, "fuse-activations", refuse)).toEqual(inferenceGraph(training, refuse));
    expect(graphAfter(lowered, "unroll-loops", refuse)).toBeNull();
  });

  it("leaves every stage of random networks sound, and the same each time", () => {
    for (let seed = 0; seed < 40; seed++) {
      for (const name of passNames) {
        const graph = graphAfter(randomGraph(seed), name, refuse);
        if (graph === null) throw new Error(`no stage ${name}`);
        expect(verifyGraph(graph), `seed ${seed} after ${name}`).toEqual([]);
        expect(graphAfter(randomGraph(seed), name, refuse)).toEqual(graph);
      }
    }
  });

  it("reports a graph in error and still returns", () => {
    const builder = graphBuilder("bad", [4, 4, 3]);
    const block = builder.block("b", builder.input, "always", [1, 1], () =>
      builder.conv("b/big", builder.input, 3, { kernel: 7, padding: "valid" }),
    );
    const codes: string[] = [];
    trainingGraph(builder.lowered(block), ({ code }) => codes.push(code));
    expect(codes).toEqual(["shape/collapse"]);
  });
});
