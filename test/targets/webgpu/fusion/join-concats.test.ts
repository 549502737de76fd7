import { describe, expect, test } from "vitest";
import type { NodeId, ShapedGraph } from "../../../../src/ir/graph.ts";
import { inferenceGraph, trainingGraph } from "../../../../src/passes/pipeline.ts";
import { compareTensors } from "../../../../src/reference/compare.ts";
import { interpretOutputs } from "../../../../src/reference/interpret.ts";
import { planNetwork } from "../../../../src/targets/webgpu/plan-network.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../../support/graph-builder.ts";
import { compileSpecFile } from "../../../support/compile-spec-file.ts";
import { emitChecked, planOf, randomImage } from "../../../support/gpu-run.ts";
import { interpretSchedule } from "../../../support/interpret-schedule.ts";
import { randomGraph } from "../../../support/random-graph.ts";
import { randomMobileGraph } from "../../../support/random-mobile-graph.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

type Builder = ReturnType<typeof graphBuilder>;
const concat = (b: Builder, path: string, parts: readonly NodeId[]) => b.push(path, { op: "concat" }, parts);

/** Dispatches with where each writes, and the concats among them. */
function planned(build: (builder: Builder) => NodeId, taps: readonly string[] = []) {
  const builder = graphBuilder("joined", [6, 6, 4]);
  const plain = builder.shaped(build(builder));
  const outputs = taps.map((path) => ({
    name: path,
    path,
    node: plain.nodes.find((node) => node.path === path)?.id ?? -1,
    block: null,
  }));
  const graph: ShapedGraph = { ...plain, outputs: [...outputs, ...plain.outputs] };
  const { dispatches, joins } = planOf(emitChecked(graph, randomWeights(graph, 1)));
  const places = dispatches.map(({ layers, output: { within } }) => {
    const channels = within === undefined ? "alone" : `${within.first}+${within.channels}/${within.of}`;
    return `${layers.join(",")}: ${channels}`;
  });
  return { places, joins: joins.map(({ path }) => path) };
}

/** Two convs of one map, side by side: the end of a fire module. */
const fire = (b: Builder, path = "") => {
  const squeezed = b.conv(`${path}squeeze`, b.input, 4);
  return concat(b, `${path}concat`, [b.conv(`${path}left`, squeezed, 8), b.conv(`${path}right`, squeezed, 12)]);
};

/** A dense block: each layer reads all before it, by way of a norm. */
const dense = (b: Builder) => {
  let value = b.conv("stem", b.input, 8);
  for (const layer of ["one", "two", "three"]) {
    const seen = b.act(layer, b.norm(layer, value), "relu");
    value = concat(b, `${layer}/concat`, [value, b.conv(layer, seen, 4, { kernel: 3 })]);
  }
  return b.conv("last", value, 5);
};

describe("written in place", () => {
  test.each(["UNet", "UNetBilinear"])("the enlarged maps and the skips of a %s, which pools read there", (network) => {
    const { training, inference } = compileSpecFile("unet.mnet", { network, set: { size: 32, base: 4 } });
    const { dispatches, joins } = planOf(emitChecked(inference, randomWeights(training, 1)));
    expect(joins.map(({ path }) => path)).toEqual(["up4/both", "up3/both", "up2/both", "up1/both"]);
    const within = dispatches.filter(({ output }) => output.within !== undefined);
    const enlarged = network === "UNet" ? /conv_transpose/ : /upsample/;
    expect(within.filter(({ layers }) => layers.some((layer) => enlarged.test(layer)))).toHaveLength(4);
    expect(dispatches.filter(({ layers }) => layers.some((layer) => /^pool/.test(layer)))).toHaveLength(4);
  });

  test("the branches of a fire module", () => {
    expect(planned((b) => b.conv("last", fire(b), 4))).toEqual({
      places: ["squeeze: alone", "left: 0+8/20", "right: 8+12/20", "last: alone"],
      joins: ["concat"],
    });
  });

  test("an output of the network", () => {
    expect(planned((b) => fire(b)).places).toEqual(["squeeze: alone", "left: 0+8/20", "right: 8+12/20"]);
  });

  test("all layers of a dense block into one map, which the norms read as far as it is written", () => {
    expect(planned(dense)).toEqual({
      places: [
        "stem: 0+8/20",
        "one/norm,one/act: alone",
        "one: 8+4/20",
        "two/norm,two/act: alone",
        "two: 12+4/20",
        "three/norm,three/act: alone",
        "three: 16+4/20",
        "last: alone",
      ],
      joins: ["one/concat", "two/concat", "three/concat"],
    });
  });

  test("vectors are flattened before", () => {
    const { places } = planned((b) => {
      const flat = (path: string) => b.push(`${path}/flat`, { op: "flatten" }, [b.conv(path, b.input, 4)]);
      return concat(b, "concat", [flat("left"), flat("right")]);
    });
    expect(places).toEqual(["left: 0+144/288", "right: 144+144/288"]);
  });
});

describe("copied as ever", () => {
  const copies = (build: (b: Builder) => NodeId, taps?: readonly string[]) => {
    const { places, joins } = planned(build, taps);
    expect(joins).toEqual([]);
    expect(places.filter((place) => place.startsWith("concat: alone"))).toHaveLength(1);
  };

  test("where a step would read the memory that it writes", () => {
    copies((b) => {
      const left = b.conv("left", b.input, 8, { kernel: 3 });
      return concat(b, "concat", [left, b.act("right", b.norm("right", left), "relu")]);
    });
  });

  test("where a conv reads a part alone", () => {
    copies((b) => {
      const left = b.conv("left", b.input, 8, { kernel: 3 });
      const sides = concat(b, "concat", [left, b.conv("right", b.input, 8)]);
      return b.push("sum", { op: "add" }, [b.conv("a", sides, 4), b.conv("b", left, 4)]);
    });
  });

  test("an output of the network that is a part, its input, and a part that stands twice", () => {
    copies((b) => fire(b), ["left"]);
    copies((b) => concat(b, "concat", [b.input, b.conv("right", b.input, 8)]));
    copies((b) => {
      const left = b.conv("left", b.input, 8);
      return concat(b, "concat", [left, left]);
    });
  });

  test("where vectors of four channels would begin between others", () => {
    copies((b) => concat(b, "concat", [b.conv("left", b.input, 3), b.conv("right", b.input, 8)]));
  });

  test("where nothing is to be fused", () => {
    const builder = graphBuilder("joined", [6, 6, 4]);
    const graph = builder.shaped(fire(builder));
    const { dispatches, joins } = planOf(emitChecked(graph, randomWeights(graph, 1), { fusion: "never" }));
    expect([dispatches.length, joins]).toEqual([4, []]);
  });
});

test("the function computed is the same, on random networks", () => {
  let spared = 0;
  for (let seed = 0; seed < 120; seed++) {
    const training = trainingGraph(seed % 2 === 0 ? randomMobileGraph(seed) : randomGraph(seed), refuse);
    const graph = inferenceGraph(training, refuse);
    const weights = randomWeights(training, seed);
    const image = randomImage(graph, seed);
    const { schedule } = planNetwork(graph, { fusion: seed % 3 === 0 ? "always" : "cheapest" });
    spared += schedule.joins.size;
    const after = interpretSchedule(graph, schedule, weights, image);
    for (const [name, value] of interpretOutputs(graph, weights, image)) {
      expect(compareTensors(value, after.get(name) ?? [], { relative: 0 }).reason, `seed ${seed}`).toBeNull();
    }
  }
  expect(spared).toBeGreaterThan(20);
});

test("and that of a dense block", () => {
  const builder = graphBuilder("dense", [6, 6, 4]);
  const graph = builder.shaped(dense(builder));
  const weights = randomWeights(graph, 3);
  const image = randomImage(graph, 3);
  const after = interpretSchedule(graph, planNetwork(graph).schedule, weights, image);
  const { reason } = compareTensors(
    interpretOutputs(graph, weights, image).get("output") ?? [],
    after.get("output") ?? [],
    { relative: 0 },
  );
  expect(reason).toBeNull();
});
