import { describe, expect, it } from "vitest";
import { summarize } from "../../src/analysis/summary.ts";
import { compile } from "../../src/compile.ts";
import { fixSpec } from "../../src/lint/fix-spec.ts";
import type { Source } from "../../src/text/source.ts";
import { lintSpec, marked, specRequest, specSource } from "./spec-lint.ts";

const file = "mobilenet_v2_tf1.mnet";
const report = lintSpec(file);

function messages(code: string): readonly string[] {
  return report.diagnostics.filter((found) => found.code === code).map(({ message }) => message);
}

function figures(source: Source): readonly [number, number] {
  const { value, diagnostics } = compile(source, specRequest());
  if (value === null || diagnostics.length > 0) throw new Error(diagnostics[0]?.message ?? "no network");
  const { params, macs } = summarize(value.training);
  return [params.trainable, macs];
}

describe("the TensorFlow 1 port of MobileNetV2", () => {
  it("is flagged on the attributes, cells and statements that are the causes", () => {
    expect(marked(report)).toEqual([
      "bias-before-bn: bias=true",
      "init-out-of-range: init=truncated_normal(1.0)",
      "init-out-of-range: bias_init=constant(0.01)",
      "bias-before-bn: bias=true",
      "init-out-of-range: bias_init=constant(0.01)",
      "linear-chain: conv1: conv 3x3 32 stride=2",
      "missing-activation: conv1: conv 3x3 32 stride=2",
      "same-pad-asymmetric: stride=2",
      "expand-conv-at-t1: 1",
      "same-pad-asymmetric: 2",
      "linear-chain: conv2: conv 1x1 1280",
      "missing-activation: conv2: conv 1x1 1280",
      "bn-on-logits: logits: conv 1x1 classes",
    ]);
  });

  it("counts what each costs", () => {
    expect(messages("bias-before-bn")).toEqual([
      "37 layers have a bias that the batch norm after them cancels: 9 960 dead parameters of 17 096 in this network.",
      "17 layers have a bias that the batch norm after them cancels: 7 136 dead parameters of 17 096 in this network.",
    ]);
    expect(messages("linear-chain")[1]).toContain(
      '3 layers from "bottleneck7_1/conv3" to "logits" are one linear map: 35 133 440 (35.1 M) multiply-adds where 7 680',
    );
    expect(messages("expand-conv-at-t1")[0]).toContain("12 845 056 multiply-adds");
    expect(messages("init-out-of-range")[0]).toContain("35 more layers");
  });

  it("is in error with a depthwise multiplier of 2", () => {
    const doubled = lintSpec(file, { multiplier: "2" });
    const misuse = doubled.diagnostics.filter(({ code }) => code === "dw-multiplier-misuse");
    expect(misuse.map(({ severity }) => severity)).toEqual(["error"]);
    expect(misuse[0]?.message).toContain("17 depthwise convs make 2 maps of each channel");
    expect(marked(doubled)).toContain("dw-multiplier-misuse: multiplier=multiplier");
    const [params, macs] = [1_048_832, 138_830_720];
    expect(misuse[0]?.fix?.changes).toContainEqual({ figure: "trainable parameters", by: -params });
    expect(misuse[0]?.fix?.changes).toContainEqual({ figure: "multiply-adds", by: -macs });
  });

  it("repaired has the figures of MobileNetV2 with 8 classes, and its comments", () => {
    expect(figures(specSource(file))).toEqual([2_252_312, 312_349_568]);
    const safe = fixSpec(specSource(file), specRequest(), false);
    expect(figures(safe.changed.get(file) ?? specSource(file))).toEqual([2_252_312 - 17_096, 312_349_568]);
    const { changed, report: left } = fixSpec(specSource(file), specRequest(), true);
    const repaired = changed.get(file) ?? specSource(file);
    expect(figures(repaired)).toEqual([2_234_120, 299_504_512]);
    expect(left.diagnostics).toEqual([]);
    const comments = (text: string) => text.match(/\/\/.*/g);
    expect(comments(repaired.text)).toEqual(comments(specSource(file).text));
  });
});
