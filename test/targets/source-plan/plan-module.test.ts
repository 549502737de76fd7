import { describe, expect, it } from "vitest";
import type { ShapedNode } from "../../../src/ir/graph.ts";
import type { BodyPlan, ModulePlan, Setting } from "../../../src/targets/source-plan/module-plan.ts";
import { planLayers, planModule } from "../../../src/targets/source-plan/plan-module.ts";
import { INPUT } from "../../../src/targets/source-plan/ref.ts";
import type { PlannedLayer, SourceLanguage } from "../../../src/targets/source-plan/source-language.ts";
import { valueKey, type Value } from "../../../src/targets/source-plan/value.ts";
import { compiled } from "../../support/compile-text.ts";

type Layer = "Edge" | "Conv" | "Norm" | "Relu" | "Sum" | "Mean" | "Linear";

function layer(
  node: ShapedNode,
  kind: Layer,
  settings: Readonly<Record<string, Value>>,
  suffix = "",
): PlannedLayer<Layer> {
  return { suffix, layer: kind, attributes: new Map(Object.entries(settings)), shape: node.shape };
}

/** The layers of a small framework: a conv with pads has a layer before it, and dropout has none. */
function layersOf(node: ShapedNode): readonly PlannedLayer<Layer>[] {
  switch (node.op) {
    case "conv": {
      const [pad] = node.pads;
      const settings = { out: node.filters, size: node.kernel[0], step: node.stride[0] };
      const edge = pad === 0 ? [] : [layer(node, "Edge", { width: pad }, "edge")];
      return [...edge, layer(node, "Conv", settings)];
    }
    case "batch_norm":
      return [layer(node, "Norm", {})];
    case "activation":
      return [layer(node, "Relu", {})];
    case "add":
      return [layer(node, "Sum", {})];
    case "global_pool":
      return [layer(node, "Mean", {})];
    case "dense":
      return [layer(node, "Linear", { out: node.units })];
    case "dropout":
    case "flatten":
      return [];
    default:
      throw new Error(`the small framework has no ${node.op}`);
  }
}

const language: SourceLanguage<Layer> = {
  merged: new Map(),
  formOf: (_linear, norm) => ({ general: false, norm: norm === null ? "none" : "whole" }),
  layersOf: () => layersOf,
  sumLayer: "Sum",
  settingWord: (from, name) => (from === "Edge" ? "edge" : name),
  usual: new Map([["step", 1]]),
  concrete: (value) => value,
  identifier: (text) => text.toLowerCase(),
  reserved: new Set(["lambda"]),
  moduleNames: ["model", "out"],
};

function settingText([name, setting]: readonly [string, Setting]): string {
  if (setting.kind === "literal") return `${name}=${valueKey(setting.value)}`;
  return `${name}=${setting.option.name}${setting.field === null ? "" : `.${setting.field}`}`;
}

function bodyText({ lines, parts, output }: BodyPlan<Layer>): readonly string[] {
  const nameOf = (ref: number) => (ref === INPUT ? "in" : lines[ref]?.path || ".");
  const written = lines.map(({ path, target, settings, inputs, part }) => {
    const called = target.kind === "layer" ? target.layer : target.helper.name;
    const planned = part === null ? undefined : parts[part];
    const condition = planned === undefined ? "" : `if ${planned.option.name}: `;
    const words = [...inputs.map(nameOf), ...[...settings].map(settingText)].join(" ");
    return `  ${condition}${path || "."} = ${called} ${words}`;
  });
  return [...written, `  return ${nameOf(output)}`];
}

/** Writes a plan as the lines of a program. */
function planText({ helpers, network }: ModulePlan<Layer>): readonly string[] {
  const functions = helpers.flatMap(({ name, options, body }) => {
    const parameters = options.map((option) =>
      option.fallback === null ? option.name : `${option.name}=${valueKey(option.fallback)}`,
    );
    return [`${name}(${parameters.join(", ")})`, ...bodyText(body)];
  });
  return [...functions, "network", ...bodyText(network)];
}

function trainingGraph(text: string) {
  return compiled(text).training;
}

const blocks = `
block unit(out, s = 1) {
  a: conv 3x3 out stride=s norm=batch act=relu
  b: conv 1x1 out
}

network N {
  input image [8, 8, 4]
  one: unit 8 s=2
  two: unit 8
  three: unit 16 s=2
  pool: pool avg
  flatten
  drop: dropout 0.2
  head: dense 10
}
`;

describe("planModule", () => {
  it("plans helpers, options and calls for a framework that is not tf.js", () => {
    expect(planText(planModule(trainingGraph(blocks), language))).toMatchInlineSnapshot(`
      [
        "conv_norm(edge=false, out2, step=1)",
        "  if edge: edge = Edge in width=1",
        "  . = Conv edge out=out2 size=3 step=step",
        "  norm = Norm .",
        "  act = Relu norm",
        "  return act",
        "unit(edge=false, out2, step=1, b_out)",
        "  a = conv_norm in edge=edge out2=out2 step=step",
        "  b = Conv a out=b_out size=1 step=1",
        "  return b",
        "network",
        "  one = unit in edge=false out2=8 step=2 b_out=8",
        "  two = unit one edge=true out2=8 step=1 b_out=8",
        "  three = unit two edge=false out2=16 step=2 b_out=16",
        "  pool = Mean three",
        "  head = Linear pool out=10",
        "  return head",
      ]
    `);
  });

  it("writes the layers of a node one after another, and passes over a node without layers", () => {
    const graph = trainingGraph(blocks);
    const layers = planLayers(graph, language);
    const layersAt = (path: string) => {
      const node = graph.nodes.find((each) => each.path === path);
      if (node === undefined) throw new Error(`no node ${path}`);
      return layers(node).map(({ suffix, layer: kind }) => [suffix, kind]);
    };
    expect(layersAt("two/a")).toEqual([
      ["edge", "Edge"],
      ["", "Conv"],
    ]);
    expect(layersAt("drop")).toEqual([]);
  });

  it("names helpers and options in the language's way, and never by a word that it keeps", () => {
    const plan = planModule(trainingGraph(blocks.replaceAll("unit", "lambda")), language);
    expect(plan.helpers.map(({ name }) => name)).toMatchInlineSnapshot(`
      [
        "conv_norm",
        "block",
      ]
    `);
    expect(plan.helpers.flatMap(({ options }) => options.map(({ name }) => name))).not.toContain("out");
    expect(plan.names).toContain("model");
  });
});
