import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * What axe finds wrong with a page and holds serious or critical, one line a rule with the elements; none is what a page
 * should have. Contrast counts as the page stands, so ask once for each scheme. The page's context must be its own
 * (`browser.newContext()`), since axe opens a second page in it.
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ target }) => `  ${target.join(" ")}`).join("\n")}`);
}
