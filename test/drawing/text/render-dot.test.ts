import { instance } from "@viz-js/viz";
import { expect, test } from "vitest";
import { printable } from "../../../src/diagnostics/printable.ts";
import { drawGraph } from "../../../src/drawing/draw-graph.ts";
import { foldRows } from "../../../src/drawing/fold-rows.ts";
import { renderDot } from "../../../src/drawing/text/render-dot.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { hostile, hostileLevel } from "../hostile-level.ts";

interface GraphvizJson {
  readonly objects: readonly { readonly name: string; readonly label: string; readonly nodes?: readonly number[] }[];
  readonly edges: readonly {
    readonly tail: number;
    readonly head: number;
    readonly label: string;
    readonly color?: string;
  }[];
}

async function graphviz(dot: string): Promise<GraphvizJson> {
  const viz = await instance();
  return viz.renderJSON(dot) as GraphvizJson;
}

test("Graphviz reads the nodes, clusters and edges", async () => {
  const level = foldRows(drawGraph(compileSpecFile("tiny.mnet").training));
  const { objects, edges } = await graphviz(renderDot("Tiny", level));
  const clusters = objects.filter((object) => object.name.startsWith("cluster_"));
  expect(clusters.map(({ label }) => label)).toEqual(["bottleneck1_1", "head, classifier"]);
  const labels = objects.filter((object) => !object.name.startsWith("cluster_")).map(({ label }) => label);
  expect(labels).toEqual([
    "image",
    "stem\\nconv 3x3 8 stride=2, batch norm, relu6",
    "depthwise\\ndepthwise 3x3, batch norm, relu6",
    "project\\nconv 1x1 8, batch norm",
    "add\\nadd",
    "bottleneck2 x 2\\nbottleneck",
    "bottleneck3 x 2\\nbottleneck",
    "last\\nconv 1x1 64, batch norm, relu6",
    "pool\\npool avg global",
    "flatten1\\nflatten",
    "dense\\ndense 10, softmax",
    "output",
  ]);
  const residual = edges.find(({ color }) => color !== undefined);
  expect(objects[residual?.tail ?? -1]?.label).toContain("stem");
  expect(objects[residual?.head ?? -1]?.label).toContain("add");
  expect(edges.length).toBe(12);
});

test("what users wrote is text to Graphviz", async () => {
  const { objects } = await graphviz(renderDot(hostile, hostileLevel()));
  const labels = objects.map(({ label }) => label);
  expect(labels.length).toBe(5);
  const name = printable(hostile).replaceAll("\\", "\\\\").replace(/^.*\//, "");
  expect(labels.filter((label) => label === `${name}\\nconv 1x1 4`).length).toBe(2);
});
