import { readFile } from "node:fs/promises";
import { compile } from "../../src/compile.ts";
import { drawGraph } from "../../src/drawing/draw-graph.ts";
import { foldRows } from "../../src/drawing/fold-rows.ts";
import { renderSvg } from "../../src/drawing/svg/render-svg.ts";
import { createSource } from "../../src/text/source.ts";
import type { GeneratedFile } from "./generated-file.ts";

const spec = "specs/mobilenet_v2.mnet";

/** The picture that the README shows. */
export const graphSvg: GeneratedFile = {
  path: "generated/mobilenet_v2.svg",
  async contents() {
    const source = createSource(spec, await readFile(new URL(`../../${spec}`, import.meta.url), "utf8"));
    const { value } = compile(source, { network: null, set: new Map(), read: () => null });
    if (value === null) throw new Error(`${spec} does not compile`);
    return renderSvg(value.training.name, foldRows(drawGraph(value.training)));
  },
};
