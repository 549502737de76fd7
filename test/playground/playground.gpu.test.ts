import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../../src/gpu/launch-chromium.ts";
import { axeViolations } from "../support/axe.ts";
import { saveScreenshot, savesScreenshots } from "../support/save-screenshot.ts";
import { servePlayground } from "../support/serve-playground.ts";
import { watchedPage, type WatchedPage } from "../support/watched-page.ts";

let browser: Browser;
let served: Awaited<ReturnType<typeof servePlayground>>;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchChromium(), servePlayground()]);
  watched = await watchedPage(browser, served.url);
  ({ page } = watched);
  page.setDefaultTimeout(15_000);
  await page.goto(`${served.url}/`);
  await compiled(page);
});

beforeEach(async () => {
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${served.url}/`);
  await compiled(page);
});

afterAll(async () => {
  await browser.close();
  served.close();
});

const totals = (on: Page): Promise<string | null> => on.textContent("#totals");

/** Waits for the first analysis. */
const compiled = (on: Page): Promise<unknown> => on.locator("#totals", { hasText: /\d/ }).waitFor();

const tabs = ["graph", "summary", "tfjs", "plan", "findings", "run"] as const;

const lineWith = (on: Page, text: string) => on.locator(".cm-line", { hasText: text }).first();

const specOf = (on: Page): Promise<string> =>
  on.locator(".cm-content").evaluate((content) =>
    [...content.querySelectorAll(".cm-line")]
      .map((line) => {
        const own = line.cloneNode(true) as Element;
        for (const hint of own.querySelectorAll(".hint")) hint.remove();
        return own.textContent;
      })
      .join("\n"),
  );

const openTab = async (on: Page, id: string): Promise<void> => {
  await on.click(`#tab-${id}`);
  await on.locator(`#panel-${id}:not([aria-busy])`).waitFor();
};

test("the first load is under 600 kB gzipped, tf.js not among it", async () => {
  const first = await watchedPage(browser, served.url);
  await first.page.goto(`${served.url}/`);
  await compiled(first.page);
  await first.page.waitForLoadState("networkidle");
  const urls = [...new Set(first.responses.map((response) => response.url()))];
  expect(urls.some((url) => url.includes("worker-"))).toBe(true);
  const sizes = urls.map(async (url) => gzipSync(await (await fetch(url)).arrayBuffer()).length);
  expect((await Promise.all(sizes)).reduce((sum, size) => sum + size)).toBeLessThan(600_000);
  await first.close();
});

test("the licenses of what page, worker and typeface are made of come with it", async () => {
  const text = await (await fetch(`${served.url}/licenses.md`)).text();
  for (const name of ["@codemirror/view", "zod", "chevrotain", "@fontsource/jetbrains-mono", "@tensorflow/tfjs-core"])
    expect(text).toContain(`\n## ${name} `);
  expect(text).toContain("SIL OPEN FONT LICENSE");
});

test("typing changes the shape after the row, and what follows it", async () => {
  const row = lineWith(page, "| 6 |    96 | 3 | 1 |");
  expect(await row.locator(".hint").textContent()).toMatch(/^14x14x96 /);
  await row.click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("2");
  await lineWith(page, "7x7x96").waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  await lineWith(page, "14x14x96").waitFor();
});

test("the width slider changes the figures, the hints and the graph, and its reset brings them back", async () => {
  expect(await totals(page)).toBe("3 504 872 parameters · 300 774 272 multiply-adds · 10 residuals");
  await page.locator("#param-width").fill("0.5");
  await page.locator("#totals", { hasText: "1 968 680 parameters" }).waitFor();
  await lineWith(page, "7x7x160 · ").waitFor();
  await page.locator("#panel-graph text", { hasText: "112x112x16" }).first().waitFor();
  await page.getByRole("button", { name: "Reset width" }).click();
  await page.locator("#totals", { hasText: "3 504 872 parameters" }).waitFor();
  expect(await page.inputValue("#param-width")).toBe("1");
});

test("a click on a hint puts the cursor after its row", async () => {
  await lineWith(page, "head: classifier").locator(".hint").click();
  await page.keyboard.type(" //");
  await expect.poll(() => specOf(page)).toContain("head: classifier classes act=softmax //\n");
});

test("formatting takes the spec to its one form", async () => {
  const before = await specOf(page);
  await lineWith(page, "let ch(c)").click();
  await page.keyboard.press("End");
  await page.keyboard.type("   ");
  await page.keyboard.press("Home");
  await page.keyboard.type("      ");
  expect(await specOf(page)).not.toBe(before);
  await page.click("#format");
  await expect.poll(() => specOf(page)).toBe(before);
});

test("a broken spec says where and why, keeps the good half, and is repaired by the fix it offers", async () => {
  await lineWith(page, "head: classifier").click();
  await page.keyboard.press("Home");
  for (let at = 0; at < "head: cla".length; at++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Escape");
  const mark = page.locator(".cm-lintRange-error").first();
  await mark.waitFor();
  await page.locator("#totals", { hasText: "does not compile: 1 error" }).waitFor();
  expect(await page.textContent("#tab-findings .note")).toBe("1");
  await lineWith(page, "28x28x32").waitFor();
  await openTab(page, "summary");
  expect(await page.textContent("#panel-summary")).toMatch(/^Nothing to show while the spec has an error/);
  await mark.hover();
  await page.locator(".cm-diagnosticAction").click();
  await page.locator("#totals", { hasText: "3 504 872 parameters" }).waitFor();
  await page.locator("#panel-summary caption", { hasText: /^Layers/ }).waitFor();
  await openTab(page, "graph");
});

test("hovering explains, and completion proposes", async () => {
  await page
    .locator(".cm-line", { hasText: "head: classifier" })
    .first()
    .locator("span", { hasText: "softmax" })
    .hover();
  await page.locator(".cm-tooltip-hover .markdown", { hasText: "softmax" }).waitFor();
  await lineWith(page, "head: classifier").click();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.type("dep");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "depthwise" }).waitFor();
  await page.keyboard.press("Escape");
});

test("every tab shows what the spec compiles to", async () => {
  await openTab(page, "summary");
  expect(await page.textContent("#panel-summary")).toContain("3 538 984");
  const block = page.locator("#panel-summary tr", { has: page.locator("th", { hasText: /^bottleneck2_2$/ }) });
  expect(await block.last().textContent()).toMatch(/yes/);
  await openTab(page, "tfjs");
  await page.locator("#panel-tfjs pre", { hasText: "export function createModel" }).waitFor();
  await openTab(page, "plan");
  const kernels = page.getByLabel("Kernel", { exact: true });
  const second = (await kernels.locator("option").nth(1).getAttribute("value")) ?? "";
  await kernels.selectOption(second);
  expect(await page.textContent("#panel-plan .code-head span")).toBe(second);
  expect(await page.textContent("#panel-plan pre")).toContain("@compute");
  await openTab(page, "findings");
  await openTab(page, "graph");
});

test("keys alone reach the tabs and leave the editor", async () => {
  await page.focus("#tab-graph");
  await page.keyboard.press("ArrowRight");
  expect(await page.getAttribute("#tab-summary", "aria-selected")).toBe("true");
  await page.keyboard.press("Home");
  expect(await page.getAttribute("#tab-graph", "aria-selected")).toBe("true");
  await page.keyboard.press("Shift+Tab");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("editor");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("tab-graph");
});

test("a link holds spec, network and params, and a cut one says so", async () => {
  await page.selectOption("#network", "MobileNetV2Torch");
  await page.locator("#param-width").fill("0.75");
  await page.click("#share");
  await expect.poll(() => page.url()).toMatch(/#v1\./);
  const link = page.url();
  const text = await specOf(page);
  const other = await watchedPage(browser, served.url);
  await other.page.goto(link);
  await compiled(other.page);
  expect(await specOf(other.page)).toBe(text);
  await expect.poll(() => other.page.inputValue("#network")).toBe("MobileNetV2Torch");
  expect(await other.page.inputValue("#param-width")).toBe("0.75");
  expect(await totals(other.page)).toBe(await totals(page));
  await other.close();
  const cut = await watchedPage(browser, served.url);
  await cut.page.goto(link.slice(0, -9));
  await cut.page.locator("#message", { hasText: "a part of it is missing or altered" }).waitFor();
  await compiled(cut.page);
  expect(cut.faults).toEqual([]);
  await cut.close();
  await page.selectOption("#network", "MobileNetV2");
});

test("the built folder comes as a zip", async () => {
  await page.selectOption("#spec", "digits.mnet");
  await page.locator("#totals", { hasText: /^4\d \d{3} parameters/ }).waitFor();
  const arriving = page.waitForEvent("download");
  await page.click("#download summary");
  await page.getByRole("button", { name: "WebGPU folder" }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toBe("Digits-webgpu.zip");
  const entries = Object.keys(unzipSync(await readFile(await download.path())));
  expect(entries).toEqual(
    expect.arrayContaining(["Digits/digits.mnet", "Digits/webgpu/plan.json", "Digits/webgpu/weights.bin"]),
  );
  await page.selectOption("#spec", "mobilenet_v2.mnet");
  await page.locator("#totals", { hasText: "3 504 872" }).waitFor();
});

test("after the first load it works without a network, what loads on demand included", async () => {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.context().setOffline(true);
  await page.reload();
  await compiled(page);
  await openTab(page, "tfjs");
  await page.locator("#panel-tfjs pre", { hasText: "createModel" }).waitFor();
  await page.context().setOffline(false);
  await openTab(page, "graph");
});

test.each(["light", "dark"] as const)("axe finds nothing serious, %s", async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  // This spec has something in every panel; axe takes long over the tables and sources of a bigger one.
  await page.selectOption("#spec", "tiny.mnet");
  for (const id of tabs) await openTab(page, id);
  expect(await axeViolations(page)).toEqual([]);
  // Puts all panels below each other, as on a phone, so that axe sees them all at once.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => {
    for (const panel of document.querySelectorAll<HTMLElement>("[role=tabpanel]")) panel.hidden = false;
  });
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 720 });
});

test("on a phone everything stands below each other, and nothing is wider than the screen", async () => {
  const phone = await watchedPage(browser, served.url, { viewport: { width: 390, height: 844 } });
  await phone.page.goto(`${served.url}/`);
  await compiled(phone.page);
  for (const id of tabs) {
    await openTab(phone.page, id);
    const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, id).toBeLessThanOrEqual(390);
  }
  expect(phone.faults).toEqual([]);
  await phone.close();
});

if (savesScreenshots) {
  test("the picture of docs/", async () => {
    const picture = await watchedPage(browser, served.url, { viewport: { width: 1360, height: 800 } });
    await picture.page.goto(`${served.url}/`);
    await compiled(picture.page);
    await openTab(picture.page, "graph");
    await saveScreenshot(picture.page, "playground");
    await picture.close();
  });
}

test("the compiler works under the page's policy, where a server sends it for the worker too", async () => {
  // A service worker would answer for the server, as soon as it has taken over.
  const strict = await watchedPage(browser, served.url, { serviceWorkers: "block" });
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
  const watch = `addEventListener("securitypolicyviolation", (e) => console.error("policy: " + e.violatedDirective));`;
  let workers = 0;
  await strict.page.context().route("**/worker-*.js", async (route) => {
    workers++;
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": policy };
    await route.fulfill({ response, headers, body: watch + (await response.text()) });
  });
  await strict.page.goto(`${served.url}/`);
  await compiled(strict.page);
  for (const id of tabs) await openTab(strict.page, id);
  await strict.page.locator("#panel-tfjs pre", { hasText: "createModel" }).waitFor({ state: "attached" });
  expect(workers).toBe(2);
  expect(strict.faults.filter((fault) => !fault.includes("registration blocked by Playwright"))).toEqual([]);
  await strict.close();
});

test("nothing of it broke the policy, asked others, or left an error in the console", () => {
  expect(watched.faults).toEqual([]);
});
