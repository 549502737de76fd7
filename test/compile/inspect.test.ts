import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check, compile } from "../../src/compile.ts";
import { inspect, type NetworkView } from "../../src/inspect.ts";
import { loadProgram } from "../../src/program/load-program.ts";
import type { ShapedNode } from "../../src/ir/graph.ts";
import { createSource } from "../../src/text/source.ts";

const folder = new URL("../../specs/", import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const read = (path: string): string | null => {
  try {
    return textOf(path);
  } catch {
    return null;
  }
};

const inspectText = (name: string, text: string) => inspect(loadProgram(createSource(name, text), read));

/** A layer as the reader of a hint sees it. */
function figure({ path, op, shape }: ShapedNode): string {
  return `${path} ${op} ${shape.join("x")}`;
}

function figures(view: NetworkView | undefined): readonly string[] {
  return (view?.training?.nodes ?? []).map(figure);
}

describe("inspect", () => {
  it.each(["kitchen_sink.mnet", "mobilenet_v2.mnet", "resnet.mnet", "kitchen_blocks.mnet"])(
    "finds in %s what check and compile find",
    (name) => {
      const source = createSource(name, textOf(name));
      const { diagnostics, views, program } = inspect(loadProgram(source, read));
      const request = { set: new Map<string, string>(), read };
      expect(diagnostics).toEqual(check(source, { ...request, network: null }).diagnostics);
      expect([...views.keys()]).toEqual([...program.networks.keys()]);
      for (const [network, view] of views) {
        expect(view.training).toEqual(compile(source, { ...request, network }).value?.training);
        expect(view.structured?.training).toBe(view.training);
      }
    },
  );

  it("tells the failed asserts of every network, whatever fails in the others", () => {
    const body = "{\n  input image [8, 8, 3]\n  conv 1x1 4\n  assert params <= 1\n}\n";
    const { diagnostics, views } = inspectText("two.mnet", `network A ${body}network B ${body}`);
    expect(diagnostics.map(({ code }) => code)).toEqual(["assert/failed", "assert/failed"]);
    expect([...views.values()].every(({ structured }) => structured !== null)).toBe(true);
  });

  /** Each line in turn becomes garbage; whatever is still said must agree with the sound spec. */
  it.each(["mobilenet_v2.mnet", "kitchen_sink.mnet"])(
    "tells of %s with any line spoiled only what is true, and all that stands before",
    (name) => {
      const sound = textOf(name);
      const lines = sound.split("\n");
      const whole = inspectText(name, sound);
      for (const [index, line] of lines.entries()) {
        if (line.trim() === "" || line.trim().startsWith("//")) continue;
        const text = lines.with(index, "?".padEnd(line.length)).join("\n");
        const offset = lines.slice(0, index).join("\n").length;
        const { views, diagnostics } = inspectText(name, text);
        expect(diagnostics.length, `line ${index + 1}`).toBeGreaterThan(0);
        const inNetwork = whole.program.entry.ast.items.some(
          ({ kind, span }) => kind === "network" && span.start < offset && offset < span.end - 1,
        );
        for (const [network, view] of views) {
          const truth = whole.views.get(network);
          const known = new Set(figures(truth));
          const wrong = figures(view).filter((told) => !known.has(told));
          expect(wrong.slice(0, 3), `line ${index + 1}: ${line}`).toEqual([]);
          if (!inNetwork || reachesBack(line)) continue;
          const told = new Set(figures(view));
          const before = (truth?.training?.nodes ?? []).filter(({ span }) => span.end < offset).map(figure);
          expect(before.filter((node) => !told.has(node)).slice(0, 3), `line ${index + 1}: ${line}`).toEqual([]);
        }
      }
    },
    60_000,
  );
});

/** A line that gives a value to others, wherever they stand, or that ends a body: nesting is not known without it. */
function reachesBack(line: string): boolean {
  return /^\s*(?:(?:param|let)\b|\})/.test(line);
}
