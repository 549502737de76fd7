import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { benchScript } from "../../generated/bench-script.ts";
import { launchChromium } from "../gpu/launch-chromium.ts";
import type { BenchHost } from "./bench-host.ts";
import type { BenchNetwork, PageNetwork } from "./bench-network.ts";
import type { ContenderName } from "./contender-names.ts";
import { benchPage } from "./bench-page.ts";
import { serveFiles } from "./serve-files.ts";

/** Folders of the page, each with the package whose `dist` is served there. */
const libraries: Readonly<Record<string, string>> = {
  tfjs: "@tensorflow/tfjs",
  "tfjs-webgpu": "@tensorflow/tfjs-backend-webgpu",
  ort: "onnxruntime-web",
};

const packages: Readonly<Record<ContenderName, string | null>> = {
  mnet: null,
  "tfjs-layers": "@tensorflow/tfjs-backend-webgpu",
  "tfjs-graph": "@tensorflow/tfjs-backend-webgpu",
  "onnxruntime-web": "onnxruntime-web",
};

/** Returns the folder of a package's built files, or null where it is not installed beside mnet or in the current folder. */
function distFolder(name: string): string | null {
  for (const from of [import.meta.url, join(process.cwd(), "package.json")]) {
    try {
      const entry = createRequire(from).resolve(name);
      const end = entry.lastIndexOf(join(name));
      return join(entry.slice(0, end), name, "dist");
    } catch {
      // It is not installed there.
    }
  }
  return null;
}

function filesOf(network: BenchNetwork): (path: string) => Uint8Array | { readonly file: string } | null {
  const encoder = new TextEncoder();
  const { shape, outputAt, onnxInput, values } = network;
  const told: PageNetwork = { shape, outputAt, onnxInput };
  const own = new Map([
    ["index.html", encoder.encode(benchPage)],
    ["bench.js", encoder.encode(benchScript)],
    ["network.json", encoder.encode(JSON.stringify(told))],
    ["input.f32", new Uint8Array(values.buffer, values.byteOffset, values.byteLength)],
  ]);
  const folders = new Map(Object.entries(libraries).map(([folder, name]) => [folder, distFolder(name)]));
  return (path) => {
    const bytes = own.get(path) ?? network.files.get(path);
    if (bytes !== undefined) return bytes;
    const [folder = "", name = "", ...rest] = path.split("/");
    const dist = folders.get(folder) ?? null;
    return dist === null || rest.length > 0 || name === ".." ? null : { file: join(dist, name) };
  };
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  const failed = new Promise<never>((_resolve, reject) => page.once("pageerror", reject));
  await page.goto(`${url}/index.html`);
  await Promise.race([page.waitForFunction(() => globalThis.bench !== undefined), failed]);
  page.setDefaultTimeout(0);
  return page;
}

/** Opens a host of pages in Chromium. Each first run has a browser of its own, so that nothing is compiled yet. */
export async function browserHost(network: BenchNetwork): Promise<BenchHost> {
  const server = await serveFiles(filesOf(network));
  const browser = await launchChromium();
  const page = await openPage(browser, server.url);
  const { adapter, has } = await page.evaluate(() => {
    const { adapter, has } = globalThis.bench!;
    return { adapter, has };
  });
  return {
    title: `Chromium ${browser.version()}`,
    adapter,
    lacks: (name) => (has[name] ? null : `it is not installed; run npm install ${packages[name] ?? name}`),
    async first(name) {
      const fresh = await launchChromium();
      try {
        const own = await openPage(fresh, server.url);
        return await own.evaluate((which) => globalThis.bench!.first(which), name);
      } finally {
        await fresh.close();
      }
    },
    steady: (names, effort) =>
      page.evaluate((work) => globalThis.bench!.steady(work.names, work.effort), { names, effort }),
    profile: () => page.evaluate(() => globalThis.bench!.profile()),
    async close() {
      await browser.close();
      server.close();
    },
  };
}
