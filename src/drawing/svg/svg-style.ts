import type { OpWork } from "../../ir/op-definition.ts";

/** The looks of boxes: those of the kinds of work, and that of folded rows. Costly layers have the strongest colours. */
export type BoxClass = OpWork | "fold";

const light = {
  paper: "#ffffff",
  ink: "#1f2328",
  faint: "#59636e",
  edge: "#8c959f",
  residual: "#bc5a12",
  frame: "#f6f8fa",
  "frame-line": "#d1d9e0",
  conv: "#e8f1ff",
  "conv-line": "#6a9be0",
  depthwise: "#e2f5f2",
  "depthwise-line": "#3fa394",
  dense: "#f0ebff",
  "dense-line": "#9a7fe0",
  pool: "#fff2de",
  "pool-line": "#d29a45",
  shape: "#f1f3f5",
  "shape-line": "#a3acb6",
  join: "#ffffff",
  "join-line": "#59636e",
  fold: "#ffffff",
  "fold-line": "#8c959f",
  terminal: "#1f2328",
  "terminal-line": "#1f2328",
  "terminal-ink": "#ffffff",
};

const dark: typeof light = {
  paper: "#0d1117",
  ink: "#f0f6fc",
  faint: "#a3acb6",
  edge: "#7d8590",
  residual: "#f0975a",
  frame: "#151b23",
  "frame-line": "#3d444d",
  conv: "#14284a",
  "conv-line": "#4d83d0",
  depthwise: "#10332f",
  "depthwise-line": "#2f8f81",
  dense: "#2a2050",
  "dense-line": "#8a6fd6",
  pool: "#3d2c10",
  "pool-line": "#b98434",
  shape: "#21262d",
  "shape-line": "#656c76",
  join: "#0d1117",
  "join-line": "#9198a1",
  fold: "#1c2330",
  "fold-line": "#7d8590",
  terminal: "#f0f6fc",
  "terminal-line": "#f0f6fc",
  "terminal-ink": "#0d1117",
};

const boxClasses: readonly BoxClass[] = ["conv", "depthwise", "dense", "pool", "shape", "join", "fold", "terminal"];

/**
 * The colours are written twice instead of as CSS variables, because some SVG viewers do not support custom
 * properties.
 */
function colored(colors: typeof light): string {
  return [
    `.mnet-graph text{fill:${colors.faint}}`,
    `.mnet-graph .name,.mnet-graph .sign{fill:${colors.ink}}`,
    `.mnet-graph .terminal .name{fill:${colors["terminal-ink"]}}`,
    `.mnet-graph .value{stroke:${colors.paper}}`,
    `.mnet-graph .inside{stroke:${colors.frame}}`,
    `.mnet-graph .paper{fill:${colors.paper}}`,
    `.mnet-graph .frame{fill:${colors.frame};stroke:${colors["frame-line"]}}`,
    `.mnet-graph .edge{stroke:${colors.edge}}.mnet-graph .tip{fill:${colors.edge}}`,
    `.mnet-graph .residual{stroke:${colors.residual}}.mnet-graph .residual-tip{fill:${colors.residual}}`,
    ...boxClasses.map(
      (name) =>
        `.mnet-graph .${name} rect,.mnet-graph .${name} circle{fill:${colors[name]};stroke:${colors[`${name}-line`]}}`,
    ),
  ].join("");
}

/** The CSS of all pictures of a page, for light and dark colour schemes. The contrast of text is at least 4.5 : 1. */
export const svgStyle = [
  ".mnet-graph{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif}",
  ".mnet-graph text{font-size:11.5px;text-anchor:middle}",
  ".mnet-graph .name{font-size:13px;font-weight:600}",
  ".mnet-graph .sign{font-size:17px}",
  ".mnet-graph .title,.mnet-graph .value{text-anchor:start}",
  ".mnet-graph .value{font-size:11px;paint-order:stroke;stroke-width:3px;stroke-linejoin:round}",
  ".mnet-graph rect,.mnet-graph circle{stroke-width:1.2}.mnet-graph .paper{stroke:none}",
  ".mnet-graph .edge,.mnet-graph .residual{fill:none;stroke-width:1.5}",
  ".mnet-graph .some{stroke-dasharray:4 3}",
  colored(light),
  `@media(prefers-color-scheme:dark){${colored(dark)}}`,
].join("");
