import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { topClasses } from "../../src/reference/top-classes.ts";
import { launchChromium } from "../../src/gpu/launch-chromium.ts";
import { loadEmitted } from "../support/gpu-load.ts";
import { requestNodeDevice } from "../../src/gpu/node-device.ts";
import { compareTensors } from "../../src/reference/compare.ts";
import { interpretOutputs } from "../../src/reference/interpret.ts";
import type { Pixels, TopValue } from "../../src/targets/webgpu/runtime/model.js";
import { buildFolder } from "../support/gpu-folder.ts";
import { sampleBuild } from "../support/gpu-sample.ts";
import { photo } from "../support/photo.ts";

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".json": "application/json",
  ".html": "text/html",
};

/** The page that a user of the folder would write. */
const html = `<!doctype html>
<title>mnet</title>
<link rel="icon" href="data:," />
<script type="module">
  import { loadModel } from "./model.js";
  globalThis.runPicture = async ({ width, height, data }) => {
    const adapter = await navigator.gpu.requestAdapter();
    const model = await loadModel(await adapter.requestDevice(), { onWarning: () => undefined });
    const pixels = new ImageData(Uint8ClampedArray.from(data), width, height);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d").putImageData(pixels, 0, 0);
    const bitmap = await createImageBitmap(pixels);
    const element = new Image();
    element.src = URL.createObjectURL(await canvas.convertToBlob());
    await element.decode();
    element.width = 10; // as a page may show it smaller
    const sources = { pixels, canvas, bitmap, element };
    const found = {};
    for (const [name, source] of Object.entries(sources)) found[name] = [...(await model.runImage(source)).output];
    found.top = await model.runTopK(bitmap, 3);
    model.destroy();
    return found;
  };
  globalThis.runPixels = async (pixels) => {
    const adapter = await navigator.gpu.requestAdapter();
    const model = await loadModel(await adapter.requestDevice(), { onWarning: () => undefined });
    const outputs = await model.run(Float32Array.from(pixels));
    model.destroy();
    return Object.entries(outputs).map(([name, values]) => ({ name, values: [...values] }));
  };
</script>`;

interface Page {
  readonly runPicture: (picture: Omit<Pixels, "data"> & { readonly data: readonly number[] }) => Promise<
    Readonly<Record<"pixels" | "canvas" | "bitmap" | "element", readonly number[]>> & {
      readonly top: TopValue[];
    }
  >;
  readonly runPixels: (
    pixels: readonly number[],
  ) => Promise<{ readonly name: string; readonly values: readonly number[] }[]>;
}

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    if (path === "/") {
      response.setHeader("content-type", "text/html").end(html);
      return;
    }
    readFile(join(folder, path)).then(
      (contents) =>
        response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream").end(contents),
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((resolve) => server.listen(0, "localhost", () => resolve(server)));
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

// VideoFrame is left out: copying one ends the GPU process of the packaged Chromium.
test.each([
  ["that are scaled first", 150, 110],
  ["that the first kernel reads", 96, 96],
])("pictures of every kind that a page has are the same picture: those %s", async (_name, wide, high) => {
  const { files } = sampleBuild();
  const { folder, remove } = await buildFolder(files);
  const server = await serve(folder);
  const { device, close } = await requestNodeDevice();
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => "runPicture" in globalThis);
    const { width, height, data } = photo(wide, high);
    const picture = { width, height, data: [...data] };
    const { top, ...found } = await page.evaluate(
      (pixels) => (globalThis as unknown as Page).runPicture(pixels),
      picture,
    );
    const model = await loadEmitted(device, files);
    const { output = new Float32Array() } = await model.runImage(photo(wide, high));
    model.destroy();
    for (const [name, values] of Object.entries(found)) {
      const { reason } = compareTensors(output, values, { relative: 1e-5 });
      expect(reason, name).toBeNull();
    }
    expect(top).toEqual(topClasses(found.bitmap, null, 3));
  } finally {
    close();
    server.close();
    await remove();
  }
});

test("the folder runs unchanged in Chromium, with Node's numbers", async () => {
  const { graph, weights, files, image } = sampleBuild();
  const { folder, remove } = await buildFolder(files);
  const server = await serve(folder);
  const { device, close } = await requestNodeDevice();
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => "runPixels" in globalThis);
    const result = await page.evaluate((pixels) => (globalThis as unknown as Page).runPixels(pixels), [...image]);

    const model = await loadEmitted(device, files);
    const { output = new Float32Array() } = await model.run(image);
    model.destroy();
    expect(result.map(({ name }) => name)).toEqual(["output"]);
    const values = result[0]?.values ?? [];
    // The same driver of another release.
    expect(compareTensors(output, values, { relative: 1e-5 }).reason).toBeNull();
    const exact = interpretOutputs(graph, weights, image).get("output") ?? [];
    expect(compareTensors(exact, values, { relative: 1e-3 }).reason).toBeNull();
    expect(complaints).toEqual([]);
  } finally {
    close();
    server.close();
    await remove();
  }
});
