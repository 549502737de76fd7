import type { ExplainPage } from "./page.ts";

/** Findings that a verb makes rather than the compiler. */
export const cliPages: readonly ExplainPage[] = [];
