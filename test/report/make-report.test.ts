import { expect, test } from "vitest";
import { xmlLines } from "../../src/diagnostics/xml-text.ts";
import { emitWebgpu } from "../../src/targets/webgpu/emit.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { judgedSpec } from "./judged-spec.ts";
import { reportOf, reportOfText } from "./report-of.ts";

/** The text of a page's section, with one space between the words. */
function sectionOf(page: string, id: string): string {
  const [, section = ""] = new RegExp(`<section id="${id}"(.*?)</section>`, "s").exec(page) ?? [];
  return section
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&nbsp;", " ")
    .replace(/\s+/g, " ");
}

test("MobileNetV2 has its figures, stages, layers, memory, dispatches and sources", async () => {
  const page = await reportOf("mobilenet_v2.mnet");
  expect(page).toContain('<dd class="value">3.5M</dd><dd class="faint">3 504 872 trainable</dd>');
  expect(page).toContain('<dd class="value">301M</dd>');
  expect(page).toContain("<li>width = 1</li>");
  expect(sectionOf(page, "stages")).toContain(
    "Most parameters are at 7x7: 48.0 %. Most multiply-adds are at 14x14: 32.1 %.",
  );
  expect(sectionOf(page, "findings")).toContain("Compiler and linter find nothing.");
  expect(page).toContain('<summary data-repeats="bottleneck2"><span class="name">Repeats of bottleneck2</span>');
  expect(sectionOf(page, "layers")).toContain("bottleneck2_1/expand conv 112x112x16 112x112x96 1 728 19 267 584");
  expect(sectionOf(page, "memory")).toMatch(/Over \d+ dispatches, \d+ values share \d+ buffers? of [\d ]+ bytes/);
  expect(sectionOf(page, "dispatches")).toContain("0 stem + bottleneck1_1/depthwise + bottleneck1_1/project kernel 1");
  expect(sectionOf(page, "sources")).toContain("export function createModel()");
  expect(sectionOf(page, "sources")).toContain("@compute @workgroup_size");
});

test("its kernels are those of a build, text for text", async () => {
  const { training, inference } = compileSpecFile("tiny.mnet");
  const kernels = emitWebgpu(inference, randomWeights(training, 1)).files.filter(({ path }) => path.endsWith(".wgsl"));
  const page = await reportOf("tiny.mnet");
  for (const { path, contents } of kernels) {
    expect(page).toContain(`<code>${path}</code>`);
    expect(page).toContain(`<code>${xmlLines(contents as string)}</code>`);
  }
  expect([...page.matchAll(/<code>kernels\/.*?\.wgsl<\/code>/g)]).toHaveLength(kernels.length);
});

test("findings stand beside their lines, the most severe are counted, and nothing that was written is markup", async () => {
  const page = await reportOfText(judgedSpec);
  expect(page).toContain("1 error, 5 warnings");
  expect(page).toContain("<code>param <mark>tint</mark> = &quot;&lt;img src=x onerror=alert(1)&gt;&quot;</code>");
  expect(page).toContain("spec.mnet:14:3");
  expect(page).toContain("Fix: Remove the bias");
  expect(page).toContain("Reads &lt;b&gt;digits&lt;/b&gt; &amp; &quot;letters&quot;.");
  expect(page).not.toMatch(/<script|<img|<u>|<b>/);
});

test("a network that devices refuse has no plan, and a finding that says so", async () => {
  const page = await reportOfText("network Big {\n  input image [8192, 8192, 3]\n  conv 3x3 64\n}\n");
  expect(sectionOf(page, "findings")).toContain("webgpu/binding-size");
  expect(sectionOf(page, "memory")).toContain("would refuse this network");
  expect(sectionOf(page, "dispatches")).toContain("would refuse this network");
  expect(sectionOf(page, "sources")).not.toContain("WebGPU");
});

test("a network that computes next to nothing has a page as well", async () => {
  for (const body of ["flatten", "pool max 2x2 stride=2", "conv 1x3 4 stride=[1, 2]"]) {
    const page = await reportOfText(`network N {\n  input image [8, 8, 3]\n  ${body}\n}\n`);
    expect(page).not.toMatch(/<p><\/p>|="[^"]*(?:NaN|undefined|Infinity)/);
    expect(page).toContain("<title>N: report</title>");
  }
  const wide = await reportOfText("network N {\n  input image [8, 8, 3]\n  conv 1x3 4\n}\n");
  expect(sectionOf(wide, "layers")).toContain("1x3");
});

test("the biggest of the networks stays a page to send: under a megabyte", async () => {
  expect((await reportOf("densenet.mnet")).length).toBeLessThan(1_000_000);
});
