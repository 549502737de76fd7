import { describe, expect, test } from "vitest";
import type { NodeId, ShapedGraph } from "../../../../src/ir/graph.ts";
import { scheduleGraph } from "../../../../src/targets/webgpu/schedule/schedule-graph.ts";
import { graphBuilder } from "../../../support/graph-builder.ts";

type Builder = ReturnType<typeof graphBuilder>;

/** One line a dispatch: what it covers, the values it reads, the value it writes. */
function scheduled(
  build: (builder: Builder) => NodeId,
  change: (graph: ShapedGraph) => ShapedGraph = (graph) => graph,
  bindings = 8,
) {
  const builder = graphBuilder("schedule", [4, 4, 4]);
  const graph = change(builder.shaped(build(builder)));
  const { steps } = scheduleGraph(graph, bindings);
  return steps.map(({ work, inputs, epilogue, output, covers }) => {
    const stages = epilogue.map((stage) => {
      if (stage.kind === "add") return `+${stage.operand}`;
      return stage.kind === "channel" ? stage.node.op : stage.activation.fn;
    });
    return `${covers.map(({ path }) => path).join(",")}: ${[work.kind, ...inputs.map(({ value }) => value), ...stages].join(" ")} -> ${output}`;
  });
}

/** Declares the value of the node at `path` an output. */
const tap = (path: string) => (graph: ShapedGraph) => {
  const node = graph.nodes.find((candidate) => candidate.path === path)?.id ?? -1;
  return { ...graph, outputs: [{ name: "tap", path, node, block: null }, ...graph.outputs] };
};

describe("what joins a dispatch", () => {
  test("conv, activation, residual, activation", () => {
    const lines = scheduled((b) => {
      const first = b.act("first", b.conv("first", b.input, 4), "relu6");
      const second = b.act("second", b.conv("second", first, 4), "swish");
      return b.act("sum", b.push("sum", { op: "add" }, [first, second]), "relu");
    });
    expect(lines).toEqual([
      "first,first/act: conv 0 relu6 -> 1",
      "second,second/act,sum,sum/act: conv 1 swish +1 relu -> 2",
    ]);
  });

  test("a sum joins the operand that is computed last, wherever it stands", () => {
    const lines = scheduled((b) => {
      const left = b.conv("left", b.input, 4);
      const right = b.conv("right", b.input, 4);
      return b.push("sum", { op: "add" }, [right, left]);
    });
    expect(lines).toEqual(["left: conv 0 -> 1", "right,sum: conv 0 +1 -> 2"]);
  });

  test("an add of the input", () => {
    expect(scheduled((b) => b.push("sum", { op: "add" }, [b.input, b.conv("conv", b.input, 4)]))).toEqual([
      "conv,sum: conv 0 +0 -> 1",
    ]);
  });

  test("through a flatten, which is no dispatch", () => {
    const lines = scheduled((b) => {
      const flat = b.push("flat", { op: "flatten" }, [b.conv("conv", b.input, 4)]);
      return b.act("act", b.push("drop", { op: "dropout", rate: 0.5 }, [flat]), "relu");
    });
    expect(lines).toEqual(["conv,act/act: conv 0 relu -> 1"]);
  });
});

describe("what does not", () => {
  test("a value that somebody else reads", () => {
    const lines = scheduled((b) => {
      const conv = b.conv("conv", b.input, 4);
      return b.push("sum", { op: "add" }, [conv, b.act("conv", conv, "relu")]);
    });
    expect(lines).toEqual(["conv: conv 0 -> 1", "conv/act,sum: copy 1 relu +1 -> 2"]);
  });

  test("a value that an output taps, even through a flatten", () => {
    const build = (b: Builder) => b.act("conv", b.conv("conv", b.input, 4), "relu");
    expect(scheduled(build, tap("conv"))).toEqual(["conv: conv 0 -> 1", "conv/act: copy 1 relu -> 2"]);
    const behind = (b: Builder) => {
      const flat = b.push("flat", { op: "flatten" }, [b.conv("conv", b.input, 4)]);
      return b.act("act", flat, "relu");
    };
    expect(scheduled(behind, tap("flat"))).toEqual(["conv: conv 0 -> 1", "act/act: copy 1 relu -> 2"]);
  });

  test("a conv under a sum with an operand that is computed later", () => {
    const lines = scheduled((b) => {
      const conv = b.conv("conv", b.input, 4);
      const other = b.act("other", b.input, "softmax");
      return b.push("sum", { op: "add" }, [conv, other]);
    });
    expect(lines).toEqual(["conv: conv 0 -> 1", "other/act: softmax 0 -> 2", "sum: copy 1 +2 -> 3"]);
  });

  test("softmax, even where a conv carries it", () => {
    const softmax = {
      op: "conv",
      filters: 4,
      kernel: [1, 1],
      stride: [1, 1],
      dilation: [1, 1],
      padding: "same",
      groups: 1,
      bias: true,
      init: { kind: "zeros" },
      biasInit: { kind: "zeros" },
      folded: [],
      activation: { fn: "softmax", alpha: 0 },
    } as const;
    expect(scheduled((b) => b.push("conv", softmax, [b.input]))).toEqual(["conv: conv 0 -> 1", "conv: softmax 1 -> 2"]);
  });
});

test("operands beyond the bindings are joined in parts", () => {
  const lines = scheduled(
    (b) => b.push("sum", { op: "concat" }, [b.input, b.input, b.input, b.input, b.input]),
    undefined,
    4,
  );
  expect(lines).toEqual(["sum: concat 0 0 0 -> 1", "sum: concat 1 0 0 -> 2"]);
  const sums = scheduled(
    (b) => {
      const convs = [1, 2, 3, 4].map((i) => b.conv(`conv${i}`, b.input, 4));
      return b.push("sum", { op: "add" }, convs);
    },
    undefined,
    5,
  );
  // The last conv binds input, kernel, bias and output: one operand fits beside them, not three.
  expect(sums.slice(4)).toEqual(["sum: copy 1 +2 +3 +4 -> 5"]);
});

test("nothing is computed that no output needs", () => {
  const lines = scheduled((b) => {
    b.conv("dead", b.input, 4);
    return b.act("act", b.input, "relu");
  });
  expect(lines).toEqual(["act/act: copy 0 relu -> 1"]);
});
