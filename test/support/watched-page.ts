import type { Browser, BrowserContextOptions, Page, Response } from "playwright-core";

export interface WatchedPage {
  readonly page: Page;
  /**
   * The faults of the page, one line each: errors and warnings, violations of its policy, and requests to other
   * servers.
   */
  readonly faults: readonly string[];
  /** The responses that the page received, in order. */
  readonly responses: readonly Response[];
  readonly close: () => Promise<void>;
}

/**
 * Returns a page in a new context. Its faults and responses are recorded from the beginning. The page is not opened
 * yet.
 */
export async function watchedPage(
  browser: Browser,
  own: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} refuses ${blockedURI}`);
    });
  });
  const page = await context.newPage();
  const seen: string[] = [];
  const responses: Response[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (failure) => seen.push(`thrown: ${failure.message}`));
  page.on("response", (response) => responses.push(response));
  context.on("request", (request) => {
    if (!request.url().startsWith(own) && !/^(?:data|blob):/.test(request.url())) seen.push(`asked ${request.url()}`);
  });
  return {
    page,
    responses,
    faults: seen,
    close: () => context.close(),
  };
}
