import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";

/** True if this run writes the pictures of docs/ (`npm run screenshots`). Other runs do not change them. */
export const savesScreenshots = process.env["MNET_SCREENSHOTS"] === "1";

/**
 * Saves the visible part of the page as `docs/NAME.png` with a palette. For text and flat colours, the palette reduces
 * the file to a third.
 */
export async function saveScreenshot(page: Page, name: string): Promise<void> {
  const picture = await capture(page, 3);
  const small = await sharp(picture).png({ palette: true, quality: 95, effort: 10 }).toBuffer();
  await writeFile(join(import.meta.dirname, "../../docs", `${name}.png`), small);
}

/** On a busy machine the packaged Chromium, which draws without a GPU, sometimes fails to return a picture. */
async function capture(page: Page, tries: number): Promise<Buffer> {
  try {
    return await page.screenshot({ animations: "disabled", caret: "hide" });
  } catch (cause) {
    if (tries === 1) throw cause;
    return capture(page, tries - 1);
  }
}
