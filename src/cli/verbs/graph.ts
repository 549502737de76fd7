import { Option, type Command } from "commander";
import type { Level } from "../../drawing/drawing.ts";
import { exitCode } from "../failure/cli-error.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { withSpecOptions, type SpecOptions } from "../options/spec.ts";
import { printData, printNote } from "../print/terminal.ts";
import { writeWholeFile } from "../disk/write-whole-file.ts";

const formats = ["svg", "html", "dot", "mermaid"] as const;

interface GraphOptions extends SpecOptions {
  readonly format: (typeof formats)[number];
  readonly unfold?: true;
  readonly out?: string;
}

interface Drawing {
  readonly network: string;
  /** The drawing with every repeat of every row. */
  readonly whole: Level;
  readonly unfold: boolean;
}

const renderers: { readonly [F in GraphOptions["format"]]: (drawing: Drawing) => Promise<string> } = {
  async svg(drawing) {
    const { renderSvg } = await import("../../drawing/svg/render-svg.ts");
    return renderSvg(drawing.network, await shown(drawing));
  },
  async html({ network, whole, unfold }) {
    const { renderGraphPage } = await import("../../drawing/html/render-graph-page.ts");
    return renderGraphPage(network, whole, { unfold });
  },
  async dot(drawing) {
    const { renderDot } = await import("../../drawing/text/render-dot.ts");
    return renderDot(drawing.network, await shown(drawing));
  },
  async mermaid(drawing) {
    const { renderMermaid } = await import("../../drawing/text/render-mermaid.ts");
    return renderMermaid(drawing.network, await shown(drawing));
  },
};

async function shown({ whole, unfold }: Drawing): Promise<Level> {
  const { foldRows } = await import("../../drawing/fold-rows.ts");
  return unfold ? whole : foldRows(whole);
}

export function addGraph(program: Command): void {
  withSpecOptions(program.command("graph"))
    .summary("draw a network")
    .description(
      "Draws the layers of a network with their shapes, blocks as frames, residuals as arcs, and the repeats of a row as one box. In HTML a click unfolds such a box.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .addOption(new Option("--format <format>", "what to draw in").choices(formats).default("svg"))
    .option("--unfold", "draw every repeat of every row")
    .option("--out <file>", "file to write (default: standard output)")
    .action(async (spec: string, options: GraphOptions) => {
      const compiled = await compileSpec(spec, options, { json: false, asserts: "show" });
      if (compiled === null) return;
      const { drawGraph } = await import("../../drawing/draw-graph.ts");
      const { training } = compiled.value;
      const text = await renderers[options.format]({
        network: training.name,
        whole: drawGraph(training),
        unfold: options.unfold === true,
      });
      if (options.out === undefined) printData(text);
      else {
        await writeWholeFile(options.out, text);
        printNote(`${options.out}: the graph of ${training.name}`);
      }
      process.exitCode = exitCode.clean;
    });
}
