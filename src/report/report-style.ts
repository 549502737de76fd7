import { graphHtmlStyle } from "../drawing/html/graph-html.ts";

export const light = {
  paper: "#ffffff",
  text: "#1f2328",
  faint: "#59636e",
  line: "#d1d9e0",
  band: "#f6f8fa",
  link: "#0550ae",
  track: "#eaeef2",
  params: "#3b76d1",
  macs: "#2c9485",
  error: "#b3261e",
  warning: "#8a5300",
  info: "#0550ae",
  mark: "#ffe9a8",
  /** Colours of the bars of the memory chart, by buffer. Text on them must be readable, and lines separate them. */
  buffers: ["#cfe2ff", "#c9ece4", "#ffe6c0", "#e4dbff"],
  bufferLines: ["#3b76d1", "#258272", "#9a6a17", "#7a5fc4"],
};

export const dark: typeof light = {
  paper: "#0d1117",
  text: "#f0f6fc",
  faint: "#a3acb6",
  line: "#3d444d",
  band: "#151b23",
  link: "#79b8ff",
  track: "#21262d",
  params: "#4d8be8",
  macs: "#35a896",
  error: "#ff8f85",
  warning: "#e0ae55",
  info: "#79b8ff",
  mark: "#5a4a12",
  buffers: ["#1b365f", "#154038", "#4c3712", "#342960"],
  bufferLines: ["#5b93e6", "#37a493", "#c08f3d", "#9a82e0"],
};

function colored(colors: typeof light): string {
  const { paper, text, faint, line, band, link, track, params, macs, error, warning, info, mark } = colors;
  return [
    `a,summary{color:${link}}`,
    `nav{background:${paper};border-color:${line}}`,
    `section,.figures div,th,td,pre,.findings li,.scroll{border-color:${line}}`,
    `pre,.figures div,thead th{background:${band}}tbody th{background:${paper}}`,
    `.bar{background:${track}}.params rect{fill:${params}}.macs rect{fill:${macs}}`,
    `.findings .error{border-left-color:${error}}.findings .warning{border-left-color:${warning}}.findings .info{border-left-color:${info}}`,
    `.error strong{color:${error}}.warning strong{color:${warning}}.info strong{color:${info}}`,
    `mark{background:${mark};color:${text}}`,
    `.memory text{fill:${text}}.memory .buffer{fill:${band};stroke:${line}}.memory .end,.memory .size{fill:${faint}}`,
    ...colors.buffers.map((color, i) => `.memory .b${i}{fill:${color};stroke:${colors.bufferLines[i] ?? color}}`),
    `:focus-visible{outline:2px solid ${link};outline-offset:2px}`,
  ].join("");
}

const mono = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";

/** The CSS of the report page, for light and dark colour schemes. The contrast of text is at least 4.5 : 1. */
export const reportStyle = [
  graphHtmlStyle,
  "html{scroll-padding-top:44px;-webkit-text-size-adjust:100%}body{padding-top:32px}",
  "header,nav,main{max-width:1080px;margin:0 auto}",
  "h1{font-size:30px;letter-spacing:-.01em;overflow-wrap:anywhere}h2{font-size:20px;line-height:1.3;margin:0 0 12px}h3{font-size:15px;margin:20px 0 6px}",
  ".doc{max-width:70ch;overflow-wrap:anywhere}",
  ".facts{display:flex;flex-wrap:wrap;gap:2px 20px;list-style:none;margin:0;padding:0;font-size:14px;overflow-wrap:anywhere}",
  // The navigation is one line at every width. It scrolls horizontally and stays visible.
  "nav{position:sticky;top:0;z-index:2;margin-top:14px;border-bottom:1px solid}nav ul{display:flex;gap:4px;overflow-x:auto;list-style:none;margin:0 -8px;padding:0}nav a{display:block;padding:12px 8px;font-size:14px;white-space:nowrap;text-decoration:none}nav a:hover{text-decoration:underline}nav a:focus-visible{outline-offset:-4px}",
  ".figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:24px 0 32px}",
  ".figures div{border:1px solid;border-radius:8px;padding:10px 14px 12px}.figures dt{font-size:13px}.figures dd{margin:0;font-size:12.5px}.figures .value{font-size:24px;line-height:1.35;font-weight:600;font-variant-numeric:tabular-nums}",
  "section{padding:32px 0}.figures+section{padding-top:0}section+section{border-top-style:solid;border-top-width:1px}section>p{max-width:75ch;overflow-wrap:anywhere}",
  ".scroll{overflow:auto;max-height:min(70vh,680px);border:1px solid;border-radius:6px}.chart{overflow-x:auto}",
  "table{border-collapse:separate;border-spacing:0;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}",
  "th,td{padding:6px 10px;border-bottom-style:solid;border-bottom-width:1px;text-align:left;vertical-align:top}thead th{position:sticky;top:0;z-index:1;font-weight:600;white-space:nowrap}tbody th{font-weight:500}tbody tr:last-child>*{border-bottom:0}",
  ".number{text-align:right;white-space:nowrap}td a{white-space:nowrap}",
  ".stages .scroll{max-height:none;border:0;border-radius:0}.stages table{table-layout:fixed}.stages th:first-child{width:28%}.stages th .faint{display:block;font-weight:400;font-size:12.5px;overflow-wrap:anywhere}",
  ".cost{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 8px}.bar{display:block;width:100%;height:8px;margin:5px 0 4px;border-radius:2px}",
  ".memory{display:block}.memory text{font:11px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif}.memory .label{font-size:12px}.memory .end{text-anchor:middle}.memory .size{text-anchor:end}",
  "summary{cursor:pointer;padding:5px 0;overflow-wrap:anywhere}.graph summary{padding:0}",
  `pre{margin:6px 0 14px;padding:12px 14px;overflow:auto;max-height:min(70vh,560px);border:1px solid;border-radius:8px;font:12.5px/1.5 ${mono};tab-size:2}`,
  `code{font-family:${mono};font-size:.92em}pre code{font-size:inherit}`,
  ".findings{list-style:none;margin:0;padding:0}.findings li{border-style:solid;border-width:1px 1px 1px 4px;border-radius:6px;padding:10px 14px;margin:0 0 10px;overflow-wrap:anywhere}.findings p{margin:0 0 4px}.findings .where{display:flex;flex-wrap:wrap;gap:0 12px;align-items:baseline;font-size:13.5px}.findings .line{margin:6px 0 8px;padding:6px 10px}.findings .line mark{border-radius:2px}",
  "@media(max-width:600px){body{padding:20px 14px 40px}h1{font-size:25px}.figures{grid-template-columns:1fr 1fr}.figures .value{font-size:21px}th,td{padding:6px 8px}.stages th,.stages td{padding:8px 6px}.stages th:first-child{width:32%}.stages .scroll{overflow:visible}section{padding:26px 0}}",
  colored(light),
  `@media(prefers-color-scheme:dark){${colored(dark)}}`,
  "@media print{nav{display:none}.scroll,pre{max-height:none;overflow:visible}}",
].join("");
