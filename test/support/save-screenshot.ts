import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";

/** Whether this run writes the pictures of docs/ (`npm run screenshots`); other runs leave the tree as it is. */
export const savesScreenshots = process.env["MNET_SCREENSHOTS"] === "1";

/**
 * What the page's window shows, as `docs/NAME.png` with a palette: text and flat colours take a third of the bytes
 * so.
 */
export async function saveScreenshot(page: Page, name: string): Promise<void> {
  const picture = await capture(page, 3);
  const small = await sharp(picture).png({ palette: true, quality: 95, effort: 10 }).toBuffer();
  await writeFile(join(import.meta.dirname, "../../docs", `${name}.png`), small);
}

/** On a busy machine the packaged Chromium, which draws without a GPU, now and then fails to hand a picture out. */
async function capture(page: Page, tries: number): Promise<Buffer> {
  try {
    return await page.screenshot({ animations: "disabled", caret: "hide" });
  } catch (cause) {
    if (tries === 1) throw cause;
    return capture(page, tries - 1);
  }
}
