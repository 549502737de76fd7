import { describe, expect, it } from "vitest";
import { printGraph } from "../../src/ir/print.ts";
import { writeDenseAsConv } from "../../src/passes/write-dense-as-conv.ts";
import { expectSameFunction } from "../support/expect-same-function.ts";
import { graphBuilder } from "../support/graph-builder.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

const lines = (text: string) => text.split("\n").filter((line) => / = (conv|dense)\(/.test(line));

describe("write-dense-as-conv", () => {
  it("writes the dense layers of sequences, and leaves those of vectors", () => {
    const builder = graphBuilder("dense", [6, 1, 4]);
    const sequence = builder.dense("sequence", builder.input, 3);
    const flat = builder.push("flat", { op: "flatten" }, [sequence]);
    const graph = builder.shaped(builder.dense("vector", flat, 5));
    const after = writeDenseAsConv.run(graph, refuse);
    expectSameFunction(graph, after);
    expect(lines(printGraph(after)).map((line) => line.replace(/ +;/, "  ;"))).toEqual([
      "  %1 = conv(%0) 4x3 pads=0,0,0,0 init=glorot_uniform bias : 6x1x3  ; sequence",
      "  %3 = dense(%2) 18x5 bias : 5  ; vector",
    ]);
  });

  it("returns a graph without sequences as it is", () => {
    const builder = graphBuilder("dense", [12]);
    const graph = builder.shaped(builder.dense("vector", builder.input, 5));
    expect(writeDenseAsConv.run(graph, refuse)).toBe(graph);
  });
});
