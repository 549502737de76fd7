import { describe, expect, it } from "vitest";
import { opDefinitions } from "../../src/ir/op.ts";
import { graphSchema, irJsonSchema, parseGraph } from "../../src/ir/schema.ts";
import { graphAfter, passNames } from "../../src/passes/pipeline.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { randomGraph } from "../support/random-graph.ts";

type Json = Record<string, unknown> & { nodes: Record<string, unknown>[] };

/** A small shaped graph as parsed JSON, to break at will. */
function json(): Json {
  const builder = graphBuilder("net", [8, 8, 3]);
  const graph = builder.shaped(builder.act("c", builder.norm("c", builder.conv("c", builder.input, 4)), "relu"));
  return JSON.parse(JSON.stringify(graph)) as Json;
}

describe("parseGraph", () => {
  it("reads back every stage of random networks", () => {
    for (let seed = 0; seed < 15; seed++) {
      for (const name of passNames) {
        const graph = graphAfter(randomGraph(seed), name, () => undefined);
        const text = JSON.stringify(graph);
        const parsed = parseGraph(JSON.parse(text));
        expect(parsed.problems, `seed ${seed} after ${name}`).toEqual([]);
        expect(parsed.graph).toEqual(JSON.parse(text));
        expect(graphSchema.safeParse(JSON.parse(text)).success).toBe(true);
      }
    }
  });

  it("says where the data is wrong", () => {
    const graph = json();
    Object.assign(graph.nodes[1] ?? {}, { filters: "4", extra: 1 });
    Object.assign(graph.nodes[2] ?? {}, { op: "layer_norm" });
    delete graph.nodes[3]?.["shape"];
    Object.assign(graph, { outputs: [] });
    expect(parseGraph(graph)).toEqual({
      graph: null,
      problems: [
        "nodes[1].filters: Invalid input: expected number, received string",
        'nodes[1]: Unrecognized key: "extra"',
        "nodes[2].op: Unknown name: expected one that the schema lists",
        "nodes[3].shape: Invalid input: expected array, received undefined",
        "outputs: Too small: expected array to have >=1 items",
      ],
    });
  });

  it("says what a well-formed graph gets wrong", () => {
    const graph = json();
    Object.assign(graph.nodes[1] ?? {}, { inputs: [2] });
    expect(parseGraph(graph)).toEqual({
      graph: null,
      problems: ['%1 conv "c": its input %2 does not stand before it'],
    });
  });

  it.each([[null], [3], ["graph"], [[]], [{}], [{ nodes: [] }], [{ nodes: [null] }]])("refuses %j", (data) => {
    const { graph, problems } = parseGraph(data);
    expect(graph).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe("irJsonSchema", () => {
  it("knows every op and allows no other fields", () => {
    const text = JSON.stringify(irJsonSchema());
    for (const op of Object.keys(opDefinitions)) expect(text).toContain(`"const":"${op}"`);
    expect(irJsonSchema()).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      additionalProperties: false,
    });
  });

  it("is the same each time", () => {
    expect(JSON.stringify(irJsonSchema())).toBe(JSON.stringify(irJsonSchema()));
  });
});
