import { describe, expect, test } from "vitest";
import type { PlayDocument } from "../../../src/playground/compiler/play-document.ts";
import { playSession, shippedDocument, shippedSpecs } from "../play-session.ts";

const session = playSession();
const mobilenet = shippedDocument("mobilenet_v2.mnet");

const analysisOf = (document: PlayDocument) => session.answer("analysis", document, null);

describe("analysis", () => {
  test("hints, networks, params and totals of a spec", async () => {
    const { diagnostics, hints, networks, network, totals } = await analysisOf(mobilenet);
    expect(diagnostics).toEqual([]);
    expect(network).toBe("MobileNetV2");
    expect(networks.slice(0, 2)).toEqual(["MobileNetV2", "MobileNetV2Torch"]);
    expect(totals).toEqual({ params: 3_504_872, macs: 300_774_272, residuals: 10 });
    const row = mobilenet.text.indexOf("| 6 |    32 | 3 | 2 |") + "| 6 |    32 | 3 | 2 |".length;
    expect(hints.find(({ at }) => at === row)?.text).toBe("28x28x32 · 39.7K params · 37.4M MACs · residual in 2 of 3");
  });

  test("a param's value reaches the hints, and leaves the other networks as they are written", async () => {
    const { hints, totals, diagnostics } = await analysisOf({ ...mobilenet, params: { width: "0.5", size: "96" } });
    expect(diagnostics).toEqual([]);
    expect(totals).toEqual({ params: 1_968_680, macs: expect.any(Number) as number, residuals: 10 });
    const stem = mobilenet.text.indexOf("ch(32)]") + "ch(32)]".length;
    expect(hints.find(({ at }) => at === stem)?.text).toMatch(/^464 params/);
    const head = "network MobileNetV2Torch family=mobilenet_v2";
    const torch = hints.find(({ at }) => at === mobilenet.text.indexOf(head) + head.length);
    expect(torch?.text).toMatch(/^3.5M params/);
  });

  test("the network that is chosen is the one whose figures stand in the rows", async () => {
    const { network, hints } = await analysisOf({
      ...mobilenet,
      network: "MobileNetV2Torch",
      params: { width: "2" },
    });
    expect(network).toBe("MobileNetV2Torch");
    const head = mobilenet.text.indexOf("dropout=0.2") + "dropout=0.2".length;
    expect(hints.find(({ at }) => at === head)?.text).toMatch(/^1000 · 2.56M params/);
  });

  test("a value out of range is reported at the param", async () => {
    const { diagnostics, totals } = await analysisOf({ ...mobilenet, params: { width: "7" } });
    expect(diagnostics).toMatchObject([
      { code: "param/range", severity: "error", from: mobilenet.text.indexOf("width") },
    ]);
    expect(totals).toBeNull();
  });

  test("values for params that the network has not are left alone", async () => {
    expect((await analysisOf({ ...mobilenet, params: { depth: "2" } })).diagnostics).toEqual([]);
  });

  test("a misspelt op has a fix that repairs it", async () => {
    const text = mobilenet.text.replace("head: classifier", "head: clasifier");
    const { diagnostics, totals } = await analysisOf({ ...mobilenet, text });
    expect(totals).toBeNull();
    const [edit] = diagnostics[0]?.fixes[0]?.edits ?? [];
    expect(edit).toBeDefined();
    expect(text.slice(0, edit?.from) + (edit?.insert ?? "") + text.slice(edit?.to)).toBe(mobilenet.text);
  });

  test("imports lead to the shipped specs", async () => {
    const { diagnostics, network } = await analysisOf(shippedDocument("kitchen_sink.mnet"));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(network).not.toBeNull();
  });
});

describe("beside the text", () => {
  test("hover and completion", async () => {
    const at = mobilenet.text.indexOf("bottleneck {") + 3;
    const hovered = await session.answer("hover", mobilenet, at);
    expect(hovered?.markdown).toContain("bottleneck");
    expect(hovered && mobilenet.text.slice(hovered.from, hovered.to)).toBe("bottleneck");
    const text = mobilenet.text.replace("head: classifier", "head: cl");
    const offset = text.indexOf("head: cl") + "head: cl".length;
    const completed = await session.answer("completion", { ...mobilenet, text }, offset);
    expect(completed?.options.map(({ label }) => label)).toContain("classifier");
    expect(text.slice(completed?.from, completed?.to)).toBe("cl");
  });

  test("formatting is edits, none where there is nothing to do", async () => {
    expect(await session.answer("format", mobilenet, null)).toEqual([]);
    const text = mobilenet.text.replace("  let ch(c) =", " let   ch( c )=");
    const [edit] = await session.answer("format", { ...mobilenet, text }, null);
    expect(text.slice(0, edit?.from) + (edit?.insert ?? "") + text.slice(edit?.to)).toBe(mobilenet.text);
  });
});

describe("tabs", () => {
  test("graph, summary, source and plan of one network", async () => {
    const graph = await session.answer("graph", mobilenet, null);
    expect(graph).toMatchObject({ title: "MobileNetV2: 55 layers, 10 residuals", whole: true });
    // Neither would get past the page's policy.
    expect(graph?.html).not.toMatch(/<style|style=|<script/);
    expect((await session.answer("summary", mobilenet, null))?.params.trainable).toBe(3_504_872);
    expect(await session.answer("tfjs", mobilenet, null)).toContain("export function createModel");
    const plan = await session.answer("plan", mobilenet, null);
    expect(plan?.report.dispatches).toHaveLength(plan?.kernelOf.length ?? 0);
    expect(plan?.kernels[plan.kernelOf[0] ?? 0]?.wgsl).toContain("@compute");
  });

  test("an error leaves the graph what it does not silence, and the rest nothing", async () => {
    const broken = { ...mobilenet, text: mobilenet.text.replace("1x1 max(1280, ch(1280))", "1x1 nonsense") };
    expect(await session.answer("graph", broken, null)).toMatchObject({ whole: false });
    for (const kind of ["summary", "tfjs", "plan"] as const)
      expect(await session.answer(kind, broken, null)).toBeNull();
  });

  test("findings have places, and fixes say what they do to the figures", async () => {
    const text = mobilenet.text.replace("conv 3x3 ch(32) stride=2", "conv 3x3 ch(32) stride=2 bias=true");
    const findings = await session.answer("findings", { ...mobilenet, text }, null);
    const found = findings.find(({ code }) => code === "bias-before-bn");
    expect(found).toMatchObject({ line: 13, fix: { changes: ["−32 trainable parameters", "−32 parameters"] } });
    expect(found?.extent && text.slice(found.extent.from, found.extent.to)).toContain("bias");
  });
});

test("every shipped spec is analysed, drawn and planned", async () => {
  for (const name of shippedSpecs.keys()) {
    const document = shippedDocument(name);
    const { diagnostics, network } = await analysisOf(document);
    expect(
      diagnostics.filter(({ severity }) => severity === "error"),
      name,
    ).toEqual([]);
    if (network !== null) expect(await session.answer("graph", document, null), name).not.toBeNull();
  }
});
