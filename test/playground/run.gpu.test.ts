import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../../src/gpu/launch-chromium.ts";
import type { Point, Stroke } from "../../src/playground/run/digit-strokes.ts";
import { axeViolations } from "../support/axe.ts";
import { savesScreenshots, saveScreenshot } from "../support/save-screenshot.ts";
import { servePlayground, type ServedPlayground } from "../support/serve-playground.ts";
import { drawnDigits } from "./run/drawn-digits.ts";

let served: ServedPlayground;
let browser: Browser;
beforeAll(async () => {
  [served, browser] = await Promise.all([servePlayground(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  served.close();
});

/** Machines that run tests are busy. */
const patient = { timeout: 60_000 };

interface RunTab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the console, refusals of the page's policy among them, and requests that left the page's own address. */
  readonly complaints: readonly string[];
}

/** The Run tab with a shipped spec; `prepare` runs in the page before its own scripts. */
async function openRunTab(spec: string, prepare?: () => void): Promise<RunTab> {
  const context = await browser.newContext({ hasTouch: true });
  if (prepare !== undefined) await context.addInitScript(prepare);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(served.url)) complaints.push(request.url());
  });
  // A refusal that the code catches shows in no console.
  await page.exposeFunction("complain", (text: string) => complaints.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      const complain = Reflect.get(globalThis, "complain") as (text: string) => void;
      complain(`The policy refuses ${violatedDirective} ${blockedURI}`);
    });
  });
  await page.goto(`${served.url}/index.html`);
  await page.getByLabel("Spec", { exact: true }).first().selectOption(spec);
  await page.getByRole("tab", { name: "Run" }).click();
  return { page, context, complaints };
}

/** Returns what the panel says when it is done. */
async function settled(page: Page): Promise<string> {
  await page.locator(".run[aria-busy=false]").waitFor();
  expect(await page.locator(".run-problem").textContent()).toBe("");
  return (await page.locator(".run-status").textContent()) ?? "";
}

async function press(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name, exact: true }).click();
  return settled(page);
}

/** Draws with the mouse, stroke by stroke, on cleared paper. */
async function drawDigit(page: Page, strokes: readonly Stroke[]): Promise<void> {
  await page.getByRole("button", { name: "Clear the paper" }).click();
  const paper = await page.locator(".run-pad").boundingBox();
  if (paper === null) throw new Error("there is no paper");
  for (const stroke of strokes) {
    for (const [index, { x, y }] of stroke.entries()) {
      await page.mouse.move(paper.x + (x * paper.width) / 100, paper.y + (y * paper.height) / 100);
      if (index === 0) await page.mouse.down();
    }
    await page.mouse.up();
  }
}

test("digits.mnet runs on WebGPU, reads drawn digits, times its dispatches and agrees with tf.js", async () => {
  const { page, context, complaints } = await openRunTab("digits.mnet");
  await expect
    .poll(() => page.locator(".run-notice").textContent(), patient)
    .toContain("WebGPU runs on a software adapter");
  expect(await press(page, "Run")).toBe("The network reads the handwritten 3 as 3 (100.0 %).");
  const times = await page.locator(".run-place-times").innerText();
  expect(times).toMatch(/First run\n[\d.]+ m?s\nFurther runs\n[\d.]+ ms, median of \d+ runs/);

  for (const [label, strokes] of drawnDigits.entries()) {
    await drawDigit(page, strokes);
    await expect
      .poll(() => settled(page), { ...patient, message: `a drawn ${label}` })
      .toMatch(new RegExp(`^The network reads the drawn digit as ${label} \\(\\d.+ %\\)\\.$`));
  }

  await press(page, "Time dispatches");
  const dispatches = page.locator(".run-place-dispatches");
  const rows = dispatches.locator("tbody tr");
  const inOrder = await rows.count();
  expect(inOrder).toBeGreaterThan(5);
  expect(await rows.first().innerText()).toMatch(/^8\tstem: conv 3x3 16 stride=2/);
  await page.getByLabel("Show").selectOption("line");
  expect(await rows.count()).toBeLessThan(inOrder);
  await page.getByLabel("Order").selectOption("time");
  const shares = await rows.evaluateAll((all) => all.map((row) => parseFloat(row.children[3]?.textContent ?? "")));
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);

  for (const backend of ["webgpu", "wasm"]) {
    await page.getByLabel("tf.js on").selectOption(backend);
    expect(await press(page, "Compare with tf.js")).toMatch(
      new RegExp(`^tf\\.js, ${backend} took .+ ms and mnet, WebGPU .+ ms: .+\\.$`),
    );
    const found = await page.locator(".run-place-comparison").innerText();
    const difference = /differ by ([\d.e-]+) at most/.exec(found)?.[1];
    expect(Number(difference)).toBeLessThan(1e-5);
  }

  if (savesScreenshots) {
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.locator(".run-place-outputs").scrollIntoViewIfNeeded();
    await page.locator(".run-pad").scrollIntoViewIfNeeded();
    await saveScreenshot(page, "playground-run");
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeViolations(page)).toEqual([]);
  }
  expect(complaints).toEqual([]);
  await context.close();
});

test("pictures come from a file, a drop or the clipboard, and digits from a finger or the keyboard alone", async () => {
  const { page, context, complaints } = await openRunTab("digits.mnet");
  const seven = "examples/photos/digit-7.png";
  await page.locator(".run-file").setInputFiles(seven);
  expect(await press(page, "Run")).toMatch(/^The network reads "digit-7\.png" as 7 \(.+ %\)\.$/);

  // Tab reaches every way to choose; Enter and Space choose.
  await page.getByRole("button", { name: "Clear the paper" }).focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => settled(page), patient).toMatch(/^The network reads the handwritten 5 as 5 \(.+ %\)\.$/);
  expect(await page.getByRole("button", { name: "Handwritten 5" }).getAttribute("aria-pressed")).toBe("true");

  const finger = await context.newCDPSession(page);
  const paper = await page.locator(".run-pad").boundingBox();
  if (paper === null) throw new Error("there is no paper");
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: readonly Point[]) =>
    finger.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(({ x, y }) => ({
        x: paper.x + (x * paper.width) / 100,
        y: paper.y + (y * paper.height) / 100,
      })),
    });
  const [start, ...further] = drawnDigits[7]?.[0] ?? [];
  await touch("touchStart", start!);
  for (const point of further) await touch("touchMove", point);
  await touch("touchEnd");
  await expect.poll(() => settled(page), patient).toMatch(/^The network reads the drawn digit as 7 \(.+ %\)\.$/);

  for (const [event, name] of [
    ["drop", "dropped.png"],
    ["paste", "pasted.png"],
  ] as const) {
    await page.locator(".run-drop").evaluate(
      async (zone, [kind, title]) => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [56, 56];
        const context = canvas.getContext("2d")!;
        context.fillRect(0, 0, 56, 56);
        context.fillStyle = "#fff";
        context.fillRect(26, 10, 5, 36);
        const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
        const transfer = new DataTransfer();
        transfer.items.add(new File([blob!], title, { type: "image/png" }));
        const init = { bubbles: true, cancelable: true };
        zone.dispatchEvent(
          kind === "drop"
            ? new DragEvent("drop", { ...init, dataTransfer: transfer })
            : new ClipboardEvent("paste", { ...init, clipboardData: transfer }),
        );
      },
      [event, name] as const,
    );
    await expect.poll(() => settled(page), patient).toMatch(new RegExp(`^The network reads "${name}" as 1 \\(.+ %\\)`));
  }
  expect(complaints).toEqual([]);
  await context.close();
});

test("a network that changes is run again, and a lost device is reported", async () => {
  const { page, context, complaints } = await openRunTab("tiny.mnet", () => {
    const devices: GPUDevice[] = [];
    Object.assign(globalThis, { devices });
    const original: unknown = Reflect.get(GPUAdapter.prototype, "requestDevice");
    const recording = new Proxy(original as () => Promise<GPUDevice>, {
      async apply(target, adapter, asked: []) {
        const device = await Reflect.apply(target, adapter, asked);
        devices.push(device);
        return device;
      },
    });
    Reflect.set(GPUAdapter.prototype, "requestDevice", recording);
  });
  expect(await press(page, "Run")).toContain("The network reads the built-in picture as ");
  expect(await page.locator(".run-place-outputs").innerText()).toContain("The weights are random");
  await page.getByLabel("Spec", { exact: true }).first().selectOption("digits.mnet");
  await expect.poll(() => settled(page), patient).toBe("The network has changed. Run it again.");
  expect(await press(page, "Run")).toContain("The network reads the handwritten 3 as ");
  await page.evaluate(() => (globalThis as unknown as { readonly devices: GPUDevice[] }).devices.at(-1)?.destroy());
  await expect
    .poll(() => page.locator(".run-problem").textContent(), patient)
    .toMatch(/^The WebGPU device of .+ was lost/);
  expect(await press(page, "Run")).toContain("The network reads the handwritten 3 as ");

  await page.getByLabel("Spec", { exact: true }).first().selectOption("mobilenet_v2.mnet");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect
    .poll(() => page.locator(".run-status").textContent(), patient)
    .toMatch(/^Preparing kernels and weights, \d+ of \d+/);
  expect(await press(page, "Stop")).toBe("Stopped.");

  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("network {");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect
    .poll(() => page.locator(".run-problem").textContent(), patient)
    .toBe('The network does not compile: Expected a name after "network", found "{".');
  expect(complaints).toEqual([]);
  await context.close();
});

test("without WebGPU the page says so and runs tf.js", async () => {
  const { page, context, complaints } = await openRunTab("digits.mnet", () => {
    Reflect.deleteProperty(Navigator.prototype, "gpu");
  });
  await expect
    .poll(() => page.locator(".run-notice").textContent(), patient)
    .toBe("This browser has no WebGPU. Run uses tf.js, on WebAssembly.");
  expect(await press(page, "Run")).toBe("The network reads the handwritten 3 as 3 (100.0 %).");
  expect(await page.locator(".run-place-times").innerText()).toContain("Getting ready (tf.js, wasm)");
  expect(await page.getByRole("button", { name: "Time dispatches" }).isDisabled()).toBe(true);
  expect(await page.getByRole("button", { name: "Compare with tf.js" }).isDisabled()).toBe(true);
  await drawDigit(page, drawnDigits[8] ?? []);
  await expect.poll(() => settled(page), patient).toMatch(/^The network reads the drawn digit as 8 /);
  expect(complaints).toEqual([]);

  // Shows that the policy is in force and that the test sees a breach of it.
  const outcome = await page.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve((Reflect.get(globalThis, "eval") as (text: string) => unknown)("1"));
          } catch (error) {
            resolve(String(error));
          }
        });
      }),
  );
  expect(outcome).toMatch(/^EvalError/);
  await expect.poll(() => complaints.join(), patient).toBe("The policy refuses script-src eval");
  await context.close();
});
