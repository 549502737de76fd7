import { describe, expect, it } from "vitest";
import { layerTolerance } from "../../src/reference/tolerance.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { mobileNetV2 } from "./mobilenet-v2-graph.ts";

describe("layerTolerance", () => {
  it("grows with the reduction length and with depth", () => {
    const g = graphBuilder("deep", [4, 4, 8]);
    const short = g.conv("short", g.input, 64);
    const long = g.conv("long", short, 64, { kernel: 3 });
    const graph = g.shaped(g.conv("last", long, 64));
    const tolerance = layerTolerance(graph);
    const at = (id: number) => tolerance.get(id) ?? NaN;
    expect(at(short)).toBeGreaterThan(at(g.input));
    expect(at(long)).toBeGreaterThan(3 * at(short));
    expect(at(3)).toBeGreaterThan(at(long));
    expect(at(3)).toBeLessThan(1e-4);
  });

  it("does not double at every residual", () => {
    const g = graphBuilder("residuals", [4, 4, 8]);
    let value = g.input;
    for (let i = 0; i < 20; i++) value = g.push(`add${i}`, { op: "add" }, [value, g.conv(`conv${i}`, value, 8)]);
    expect(layerTolerance(g.shaped(value)).get(value)).toBeLessThan(1e-5);
  });

  it("starts anew after a value that is given", () => {
    const g = graphBuilder("given", [4, 4, 8]);
    const first = g.conv("first", g.input, 8);
    const graph = g.shaped(g.conv("second", first, 8));
    expect(layerTolerance(graph, (id) => id === first).get(2)).toBeLessThan(layerTolerance(graph).get(2) ?? NaN);
  });

  it("stays small enough to catch one part in a thousand at the end of MobileNetV2", () => {
    const graph = mobileNetV2(224, 1000);
    for (const bound of layerTolerance(graph).values()) expect(bound).toBeLessThan(1e-3);
  });
});
