import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * Returns the serious and critical faults that axe finds in a page, with one line for each rule and its elements. A
 * good page has none. Contrast is measured in the present colour scheme, so call this once for each scheme. The page
 * requires its own context (`browser.newContext()`), because axe opens a second page in it.
 */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ target }) => `  ${target.join(" ")}`).join("\n")}`);
}
