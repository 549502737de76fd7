import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../../src/gpu/launch-chromium.ts";
import { axeViolations } from "../support/axe.ts";
import { savesScreenshots, saveScreenshot } from "../support/save-screenshot.ts";
import { judgedSpec } from "./judged-spec.ts";
import { reportOf, reportOfText } from "./report-of.ts";

const desktop = { width: 1200, height: 900 };
const phone = { width: 390, height: 844 };

let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mnet-report-"));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

interface OpenPage {
  readonly page: Page;
  /** The lines of the console, and everything that was loaded beside the file itself. */
  readonly complaints: readonly string[];
}

async function open(html: string, options: BrowserContextOptions): Promise<OpenPage> {
  const file = join(folder, "report.html");
  await writeFile(file, html);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) complaints.push(request.url());
  });
  await page.goto(url);
  return { page, complaints };
}

/** Unfolds the rows, so that axe judges their contents as well. */
function openDetails(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

// Its spec holds markup wherever text may stand, and has findings of every severity.
test.each(["light", "dark"] as const)(
  "in %s it loads nothing, runs nothing, complains of nothing, and axe finds nothing serious",
  async (colorScheme) => {
    const { page, complaints } = await open(await reportOfText(judgedSpec), { viewport: desktop, colorScheme });
    expect(await page.title()).toBe("Judged: report");
    await openDetails(page);
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test("axe sees what is wrong", async () => {
  const { page } = await open("<!doctype html><title>t</title><p><img src='data:,'></p>", { viewport: desktop });
  expect((await axeViolations(page)).map((line) => line.split(":")[0])).toEqual(["html-has-lang", "image-alt"]);
  await page.context().close();
});

test("its policy refuses scripts, styles and images that somebody puts in", async () => {
  const { page, complaints } = await open(await reportOf("tiny.mnet"), { viewport: desktop });
  const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'run'";
    const style = document.createElement("style");
    style.textContent = "body { background: red }";
    const image = new Image();
    image.src = "http://localhost:9/picture.png";
    document.body.append(script, style, image);
  });
  await expect.poll(() => complaints.filter((text) => text.includes("Content Security Policy")).length).toBe(3);
  expect(await page.title()).toBe("Tiny: report");
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(before);
  await page.context().close();
});

test("by keyboard alone a row unfolds and folds, and a dispatch leads to its kernel", async () => {
  const { page } = await open(await reportOf("tiny.mnet"), { viewport: desktop });
  const repeat = page.locator('[data-path="bottleneck2_2/add"]');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-repeats"));
  for (let i = 0; i < 40 && (await focused()) !== "bottleneck2"; i++) await page.keyboard.press("Tab");
  expect(await focused()).toBe("bottleneck2");
  expect(await repeat.isVisible()).toBe(false);
  await page.keyboard.press("Enter");
  expect(await repeat.isVisible()).toBe(true);
  await page.keyboard.press("Space");
  expect(await repeat.isVisible()).toBe(false);

  const kernel = page.locator("#kernel-1");
  expect(await kernel.isVisible()).toBe(false);
  await page.locator('a[href="#kernel-1"]').first().focus();
  await page.keyboard.press("Enter");
  expect(await kernel.isVisible()).toBe(true);
  await page.context().close();
});

test.each(["mobilenet_v2.mnet", "inception.mnet"])(
  "on a phone the page of %s does not scroll sideways",
  async (spec) => {
    const { page, complaints } = await open(await reportOf(spec), { viewport: phone, hasTouch: true, isMobile: true });
    // The window's own width is no measure: a mobile browser zooms out until what is too wide fits.
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBe(phone.width);
    await openDetails(page);
    expect(await width()).toBe(phone.width);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

if (savesScreenshots) {
  test("it is shown in docs/", async () => {
    const html = await reportOf("mobilenet_v2.mnet");
    const shots = [
      { name: "report", section: null, options: { viewport: { width: 1200, height: 860 } } },
      {
        name: "report-dark",
        section: "memory",
        options: { viewport: { width: 1200, height: 860 }, colorScheme: "dark" },
      },
      { name: "report-phone", section: "graph", options: { viewport: phone } },
    ] as const;
    for (const { name, section, options } of shots) {
      const { page } = await open(html, options);
      if (section !== null) await page.locator(`#${section}`).evaluate((element) => element.scrollIntoView());
      await saveScreenshot(page, name);
      await page.context().close();
    }
  });
}
