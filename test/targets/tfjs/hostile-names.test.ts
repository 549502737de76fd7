import { beforeAll, describe, expect, it } from "vitest";
import type { BlockInstance, ShapedGraph } from "../../../src/ir/graph.ts";
import { emittedSource, disagreements, importEmitted, useCpu } from "./emitted-model.ts";
import { compiled } from "../../support/compile-text.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";

beforeAll(useCpu);

/** A network of three uses of a block of this name, with labels of this name wherever one can stand. */
const spec = (name: string) => `
block ${name}(first_c) residual=auto {
  ${name}: conv 1x1 first_c act=relu
  ${name}_2: conv 3x3 first_c act=relu
  branch add { ${name}_3: path { x: conv 1x1 in.c } path { input_: conv 1x1 in.c } }
}
network ${name} {
  input pixels [4, 4, 3]
  ${name}: ${name} 3
  a: ${name} 3
  b: ${name} 4
}`;

describe("names that mean something to JavaScript or to the module", () => {
  const names = [
    ...[
      "class",
      "await",
      "delete",
      "arguments",
      "eval",
      "undefined",
      "constructor",
      "prototype",
      "__proto__",
      "toString",
    ],
    ...[
      "tf",
      "apply",
      "createModel",
      "loadWeights",
      "name",
      "x",
      "inputs",
      "Map",
      "Float32Array",
      "FlexibleConv2D",
      "convAct",
    ],
    ...["_", "_private", "ConvActOptions", "hasOwnProperty", "trunk", "valueOf"],
  ];
  it.each(names)("%s", async (name) => {
    const graph = compiled(spec(name)).training;
    expect(await disagreements(graph)).toEqual([]);
  });
});

describe("text that would break out", () => {
  const hostile = [
    `*/ globalThis.pwned = true; /*`,
    `"); globalThis.pwned = true; ("`,
    "`${(globalThis.pwned = true)}`",
    `line\nglobalThis.pwned = true;\r//\u2028globalThis.pwned = true;`,
    "\\",
    "\u202e reversed \u2066",
  ];
  /** The language would refuse these names; the target does not rely on it. */
  function poisoned(text: string): ShapedGraph {
    const graph = compiled(spec("unit")).training;
    const bent = (path: string) => path.replaceAll("unit_2", `unit_2${text.replaceAll("/", "|")}`);
    return {
      ...graph,
      name: `N${text}`,
      doc: text,
      params: { [text]: text },
      input: { ...graph.input, name: `in${text}` },
      nodes: graph.nodes.map((node) => ({ ...node, path: bent(node.path), layer: bent(node.layer) })),
      blocks: graph.blocks.map((block): BlockInstance => ({ ...block, kind: `${block.kind}${text}` })),
      outputs: graph.outputs.map((output) => ({ ...output, name: text })),
    };
  }
  it.each(hostile)("%j stays text", async (text) => {
    const graph = poisoned(text);
    const { module } = await importEmitted(graph, randomWeights(graph, 1));
    // tf.js itself refuses such tensor names; the module got as far as asking it.
    expect(() => module.createModel()).toThrow(/tensor name/);
    expect(globalThis).not.toHaveProperty("pwned");
    const source = await emittedSource(graph);
    expect(source).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\r]/);
  });
});

it("comments keep the lines of a description", async () => {
  const graph = { ...compiled(spec("unit")).training, doc: "One line.\nAnother */ line." };
  expect(await emittedSource(graph)).toContain(" * One line.\n * Another * / line.\n");
});
