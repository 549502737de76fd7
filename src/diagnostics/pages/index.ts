import { cliPages } from "./cli.ts";
import { namePages } from "./names.ts";
import { networkPages } from "./network.ts";
import type { ExplainPage } from "./page.ts";
import { shapePages } from "./shape.ts";
import { syntaxPages } from "./syntax.ts";
import { valuePages } from "./values.ts";
import { webgpuPages } from "./webgpu.ts";
import { weightsPages } from "./weights.ts";

/** A page for every code that a finding can have, in order of code. */
export const explainPages: readonly ExplainPage[] = [
  ...namePages,
  ...networkPages,
  ...shapePages,
  ...syntaxPages,
  ...valuePages,
  ...weightsPages,
  ...webgpuPages,
  ...cliPages,
].sort((a, b) => (a.code < b.code ? -1 : 1));
